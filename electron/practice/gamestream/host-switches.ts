// What a test or a demonstration can make the practice host do: its habits, and the orders it takes while it runs.
import { z } from 'zod';

const status = z.int().min(-2_147_483_648).max(4_294_967_295);
const pin = z.string().regex(/^[0-9]{4}$/);

export const hostHabitsSchema = z.object({
  /** The malformed answer of Sunshine to an unknown path, instead of an honest 404. */
  malformed404: z.boolean().default(true),
  /** `drops`: ends all streams and the app (new); `refuses`: 503 while somebody streams (before 2025). */
  cancel: z.enum(['drops', 'refuses']).default('drops'),
  /** Streams at a time; null: no limit. With 1, who comes back within seconds of a crash is refused (§ older releases). */
  streamLimit: z.int().positive().nullable().default(null),
  /** 403 for clients that name no core version. */
  encryptionMandatory: z.boolean().default(false),
  /** The REST interface of older releases: "true" and "false" as strings. */
  stringBooleans: z.boolean().default(false),
  /** What slow preparation commands cost a launch; milliseconds. */
  launchDelayMs: z.int().nonnegative().default(0),
  /** Entered by itself whenever a client asks to pair; null: somebody has to type. */
  autoPin: pin.nullable().default(null),
  autoPinAfterMs: z.int().nonnegative().default(0),
});
export type HostHabits = z.infer<typeof hostHabitsSchema>;

export const faultSchema = z.discriminatedUnion('kind', [
  /** ENet's disconnect without a reason: -1 at the client. */
  z.object({ kind: z.literal('disconnect') }),
  /** 0 goes as the host's message 0x80030023; others are what the client is made to find out by itself. */
  z.object({ kind: z.literal('terminate'), code: z.int() }),
  z.object({ kind: z.enum(['poor', 'okay', 'lost-frames', 'reordering']) }),
]);
export type StreamFault = z.infer<typeof faultSchema>;

export const hostOrderSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('state') }),
  /** Types a PIN on the host, right or wrong, now or later. */
  z.object({ do: z.literal('pin'), pin: z.string().max(16), name: z.string().max(200).default('Practice client'), afterMs: z.int().nonnegative().default(0) }),
  z.object({ do: z.literal('habits'), habits: hostHabitsSchema.partial() }),
  z.object({ do: z.literal('end-app') }),
  /** `silent`: connections are accepted and nothing is answered, streams included; `refused`: nobody listens any more. */
  z.object({ do: z.literal('vanish'), how: z.enum(['silent', 'refused']) }),
  z.object({ do: z.literal('return') }),
  /** Another certificate and no paired clients, as after an installation; `identity` says whether the unique id changes too. */
  z.object({ do: z.literal('reinstall'), identity: z.enum(['same', 'new']).default('new') }),
  z.object({ do: z.literal('next-launch'), status, message: z.string().max(500).optional() }),
  /** Only the picture stops; control lives. */
  z.object({ do: z.literal('freeze'), frozen: z.boolean() }),
  /** Packets of every stream are lost: on their way to the clients, or both ways. Connections of the other ports work. */
  z.object({ do: z.literal('drop-packets'), direction: z.enum(['none', 'from-host', 'both']) }),
  /**
   * The next clients can launch, but get no stream. `refused`: the RTSP port is closed; `dropped`: nobody answers there;
   * `udp`: RTSP works, and control packets don't get through.
   */
  z.object({ do: z.literal('refuse-streams'), refused: z.boolean(), how: z.enum(['refused', 'dropped', 'udp']).default('refused') }),
  z.object({ do: z.literal('fault'), fault: faultSchema }),
  z.object({ do: z.literal('drop-clients') }),
  z.object({ do: z.literal('unpair-all') }),
]);
export type HostOrder = z.infer<typeof hostOrderSchema>;
/** Before defaults are filled in. */
export type HostOrderInput = z.input<typeof hostOrderSchema>;
