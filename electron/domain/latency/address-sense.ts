// The port of the way from a host's name to the machine behind it, each step asked by itself.
export interface AddressSense {
  /** @returns the numeric address; null: nobody knows the name. A numeric address is its own answer. */
  lookUp(name: string): Promise<string | null>;
  /**
   * The network card that answers for an address, as lower-case pairs. Asks nobody: null where others asked in vain,
   * undefined where nothing is known (another network, or nobody asked).
   */
  mac(ip: string): Promise<string | null | undefined>;
  /** Who answers there as a GameStream host; null: nobody does. A connection: never for a machine that may sleep. */
  identity(ip: string, httpPort: number): Promise<{ readonly uniqueId: string; readonly httpsPort: number } | null>;
  /** SHA-256 of the certificate that is shown there, as lower-case hex; null: none is. */
  certificate(ip: string, httpsPort: number): Promise<string | null>;
}
