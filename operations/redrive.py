"""Send a channel's dead letters back to its queue: ``python -m operations.redrive STACK CHANNEL`` (`make redrive`).

Message by message: SQS's own move task is known to neither of the engines that this is tested on. A message that comes
twice is harmless, since the ledger keeps what was sent from being sent again.
"""

import argparse

import boto3

from operations.stack import outputs

CHANNELS = ("sms", "email", "inbox", "webhook", "reports")


def main() -> None:
    """Move them and say how many there were."""
    parser = argparse.ArgumentParser(description="Send dead letters back to their queue.")
    parser.add_argument("stack", help="name of the CloudFormation stack")
    parser.add_argument("channel", choices=CHANNELS)
    options = parser.parse_args()
    name, found = options.channel.title(), outputs(options.stack)
    moved = redrive(found[f"{name}DeadLettersUrl"], found[f"{name}QueueUrl"])
    print(f"{moved} dead letters of {options.channel} went back to their queue")


def redrive(dead_letters_url: str, queue_url: str) -> int:
    """Move all messages from one queue to the other, each deleted only after it arrived; gives how many."""
    sqs, moved = boto3.client("sqs"), 0
    while batch := sqs.receive_message(
        QueueUrl=dead_letters_url, MaxNumberOfMessages=10, MessageAttributeNames=["All"]
    ).get("Messages", []):
        for message in batch:
            attributes = message.get("MessageAttributes", {})
            sqs.send_message(QueueUrl=queue_url, MessageBody=message["Body"], MessageAttributes=attributes)
            sqs.delete_message(QueueUrl=dead_letters_url, ReceiptHandle=message["ReceiptHandle"])
            moved += 1
    return moved


if __name__ == "__main__":
    main()
