// How a stream is to look: each value may be set globally, for a host, an entry or a network; the innermost wins.
import { z } from 'zod';

export const profileSchema = z
  .strictObject({
    widthPx: z.int().min(256).max(16_384),
    heightPx: z.int().min(256).max(16_384),
    fps: z.int().min(10).max(480),
    /** Video bitrate in kbit/s. */
    bitrateKbps: z.int().min(500).max(500_000),
    codec: z.enum(['auto', 'h264', 'hevc', 'av1']),
    decoder: z.enum(['auto', 'software', 'hardware']),
    hdr: z.boolean(),
    yuv444: z.boolean(),
    /** Bytes of a video packet. */
    packetSize: z.int().min(1_024).max(65_535),
    displayMode: z.enum(['fullscreen', 'windowed', 'borderless']),
    audio: z.enum(['stereo', '5.1', '7.1']),
    audioOnHost: z.boolean(),
    vsync: z.boolean(),
    framePacing: z.boolean(),
    /** Ends the app on the host when the stream is ended by the user. */
    quitAfter: z.boolean(),
    optimizeGame: z.boolean(),
    multiController: z.boolean(),
    absoluteMouse: z.boolean(),
    captureSystemKeys: z.enum(['never', 'fullscreen', 'always']),
    performanceOverlay: z.boolean(),
    keepAwake: z.boolean(),
  })
  .partial();

/** Only what is set at one level. */
export type Profile = z.infer<typeof profileSchema>;
export type ProfileKey = keyof Profile;

export const profileLevelSchema = z.enum(['default', 'global', 'host', 'entry', 'network']);
export type ProfileLevel = z.infer<typeof profileLevelSchema>;

/** A value for everything. */
export const profileValuesSchema = profileSchema.required();
export type ProfileValues = z.infer<typeof profileValuesSchema>;

/** Every value, and the level it comes from. */
export const resolvedProfileSchema = z.object({
  values: profileValuesSchema,
  from: z.record(profileSchema.keyof(), profileLevelSchema),
});
export type ResolvedProfile = z.infer<typeof resolvedProfileSchema>;
