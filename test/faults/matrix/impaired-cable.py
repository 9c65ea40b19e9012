#!/usr/bin/env python3
"""Carries the packets between two network namespaces late, not at all, or in another order: this kernel may have no netem.

Usage: impaired-cable.py NEAR_NAMESPACE FAR_NAMESPACE. Each line on stdin sets "delay_ms loss reorder" from then on: the
delay of each direction, and the shares of packets (0 to 1) that are lost, or that overtake those before them. Prints "ready"
once both ends are up, and ends with its stdin. Both ends are TUN devices called "impaired", without addresses.
"""
import ctypes
import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import sys
import time

CLONE_NEWNET = 0x40000000  # sched.h
TUNSETIFF = 0x400454CA  # linux/if_tun.h
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000
LONGEST_PACKET_BYTES = 65536

libc = ctypes.CDLL(None, use_errno=True)


def enter(namespace_fd):
    if libc.setns(namespace_fd, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")


def open_end(namespace):
    home = os.open("/proc/self/ns/net", os.O_RDONLY)
    there = os.open("/run/netns/" + namespace, os.O_RDONLY)
    enter(there)
    try:
        device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", b"impaired", IFF_TUN | IFF_NO_PI))
        subprocess.check_call(["ip", "link", "set", "impaired", "up"])
    finally:
        enter(home)
        os.close(home)
        os.close(there)
    return device


def main():
    near, far = open_end(sys.argv[1]), open_end(sys.argv[2])
    delay_s, loss, reorder = 0.0, 0.0, 0.0
    queue = []
    count = 0
    os.set_blocking(0, False)
    orders = b""
    print("ready", flush=True)
    while True:
        now = time.monotonic()
        while queue and queue[0][0] <= now:
            _, _, out, packet = heapq.heappop(queue)
            try:
                os.write(out, packet)
            except OSError:
                pass  # its other end is down, or does not read: the packet is lost, as on a cable
        wait_s = max(0.0, queue[0][0] - time.monotonic()) if queue else 1.0
        ready, _, _ = select.select([0, near, far], [], [], wait_s)
        for source in ready:
            if source == 0:
                text = os.read(0, 4096)
                if text == b"":
                    return
                *lines, orders = (orders + text).split(b"\n")
                for line in lines:
                    delay_ms, loss, reorder = (float(word) for word in line.split())
                    delay_s = delay_ms / 1000
                continue
            out = far if source == near else near
            try:
                while True:
                    packet = os.read(source, LONGEST_PACKET_BYTES)
                    if random.random() < loss:
                        continue
                    due = time.monotonic() + (0.0 if random.random() < reorder else delay_s)
                    count += 1
                    heapq.heappush(queue, (due, count, out, packet))
            except BlockingIOError:
                pass


main()
