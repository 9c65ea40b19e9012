// What a VNC client prints while it connects, with the colours a terminal would show.

export const fakeOutput = [
  '',
  '\u001b[1mTigerVNC Viewer 64-bit v1.12.0\u001b[0m',
  'Built on: 2022-11-14 10:08',
  'Copyright (C) 1999-2021 TigerVNC Team and many others (see README.rst)',
  'See https://www.tigervnc.org for information on TigerVNC.',
  '',
  'Mon Nov 23 00:12:40 2026',
  ' DecodeManager: Detected 2 CPU core(s)',
  ' DecodeManager: Creating 2 decoder thread(s)',
  ' CConn:       Connected to host 192.168.1.20 port 5900',
  ' CConnection: Server supports RFB protocol version 3.8',
  ' CConnection: Using RFB protocol version 3.8',
  ' CConnection: \u001b[32mChoosing security type VeNCrypt(19)\u001b[0m',
  ' CVeNCrypt:   Choosing security type TLSVnc (258)',
  ' CConn:       Using pixel format depth 24 (32bpp) little-endian rgb888',
  '\u001b[33m CConn:       Enabling continuous updates\u001b[0m',
  '',
].join('\r\n');
