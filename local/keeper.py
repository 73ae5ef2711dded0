"""Keep a program for as long as its owner lives: `keeper.py SECONDS COMMAND…`, leading a session of its own.

Standard input is a pipe that the owner holds open. When it closes, because the owner wants so or because the owner was
killed, the program is asked to end and given this many seconds. Then the whole process group goes: the program,
whatever it started, and this process. So nothing is ever left over.
"""

import os
import signal
import subprocess
import sys
import threading
import time


def end_group() -> None:
    os.killpg(os.getpgid(0), signal.SIGKILL)


def end_with_owner(program: subprocess.Popen[bytes], patience: float) -> None:
    sys.stdin.buffer.read()
    if patience:
        program.terminate()
        time.sleep(patience)  # unless the main thread sees the program end
    end_group()


def main(patience: float, command: list[str]) -> None:
    program = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    threading.Thread(target=end_with_owner, args=(program, patience), daemon=True).start()
    program.wait()
    end_group()


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2:])
