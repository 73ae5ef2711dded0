"""Keep a program for as long as its owner lives: `keeper.py COMMAND…`, started as the leader of a session of its own.

Standard input is a pipe that the owner holds open. When it closes, because the owner wants so or because the owner was
killed, the whole process group goes: the program, whatever it started, and this process. So nothing is ever left over.
"""

import os
import signal
import subprocess
import sys
import threading


def end_group() -> None:
    os.killpg(os.getpgid(0), signal.SIGKILL)


def end_with_owner() -> None:
    sys.stdin.buffer.read()
    end_group()


def main(command: list[str]) -> None:
    program = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    threading.Thread(target=end_with_owner, daemon=True).start()
    program.wait()
    end_group()


if __name__ == "__main__":
    main(sys.argv[1:])
