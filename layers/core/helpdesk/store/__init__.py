"""DynamoDB: pure keys, the codec, and one module per item family."""
