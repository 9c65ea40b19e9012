// What a stream's settings are when nobody chose: Moonlight's own defaults. Window and main must not disagree about them.
import type { ProfileValues } from './profile';

/**
 * As moonlight-qt has them (StreamingPreferences::reload), so that a stream looks as its users know it. The bitrate is
 * missing: it follows from the mode. A packet size of 1392 bytes is what Moonlight uses on a local network; telling it
 * explicitly would also turn off its smaller packets for VPNs, so a client is told only a size that somebody chose.
 */
export const profileDefaults: Omit<ProfileValues, 'bitrateKbps'> = {
  widthPx: 1280,
  heightPx: 720,
  fps: 60,
  codec: 'auto',
  decoder: 'auto',
  hdr: false,
  yuv444: false,
  packetSize: 1392,
  displayMode: 'fullscreen',
  audio: 'stereo',
  audioOnHost: false,
  vsync: true,
  framePacing: false,
  quitAfter: false,
  optimizeGame: true,
  multiController: true,
  absoluteMouse: false,
  captureSystemKeys: 'never',
  performanceOverlay: false,
  keepAwake: true,
};
