#!/usr/bin/env python3
"""Carries the packets between two network namespaces late, not at all, or in another order: this kernel may have no netem.

Usage: impaired-cable.py ip|ethernet NEAR_NAMESPACE NEAR_DEVICE FAR_NAMESPACE FAR_DEVICE. Both ends are made as devices
without addresses: TUN for packets of IP, TAP for whole frames. Each line on stdin sets "delay_ms loss reorder" from then
on: the delay of each direction, and the shares of packets (0 to 1) that are lost, or that overtake those before them; or
it is "hold", which keeps every packet until "release" lets all of them go at once, in their order. Prints "ready" once both
ends are up, and ends with its stdin.
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
IFF_TUN, IFF_TAP, IFF_NO_PI = 0x0001, 0x0002, 0x1000
LONGEST_PACKET_BYTES = 65536

libc = ctypes.CDLL(None, use_errno=True)


def enter(namespace_fd):
    if libc.setns(namespace_fd, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")


def open_end(kind, namespace, name):
    home = os.open("/proc/self/ns/net", os.O_RDONLY)
    there = os.open("/run/netns/" + namespace, os.O_RDONLY)
    enter(there)
    try:
        device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", name.encode(), kind | IFF_NO_PI))
        subprocess.check_call(["ip", "link", "set", name, "up"])
    finally:
        enter(home)
        os.close(home)
        os.close(there)
    return device


def main():
    kind = {"ip": IFF_TUN, "ethernet": IFF_TAP}[sys.argv[1]]
    near, far = open_end(kind, *sys.argv[2:4]), open_end(kind, *sys.argv[4:6])
    delay_s, loss, reorder = 0.0, 0.0, 0.0
    queue, held = [], None
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
                    if line == b"hold":
                        held = []
                    elif line == b"release":
                        for entry in held or []:
                            heapq.heappush(queue, (time.monotonic(), *entry))
                        held = None
                    else:
                        delay_ms, loss, reorder = (float(word) for word in line.split())
                        delay_s = delay_ms / 1000
                continue
            out = far if source == near else near
            try:
                while True:
                    packet = os.read(source, LONGEST_PACKET_BYTES)
                    if random.random() < loss:
                        continue
                    count += 1
                    if held is not None:
                        held.append((count, out, packet))
                        continue
                    due = time.monotonic() + (0.0 if random.random() < reorder else delay_s)
                    heapq.heappush(queue, (due, count, out, packet))
            except BlockingIOError:
                pass
            except OSError:
                pass  # this end is set down: nothing comes from it


main()
