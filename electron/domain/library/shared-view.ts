// A view that is put together once for all who ask, until something that it shows changes.

export class SharedView<T> {
  private made: { readonly value: T } | null = null;
  private readonly listeners = new Set<(value: T) => void>();

  constructor(private readonly make: () => T) {}

  get(): T {
    this.made ??= { value: this.make() };
    return this.made.value;
  }

  /** Something that it shows is not as it was. */
  changed(): void {
    this.made = null;
    for (const listener of [...this.listeners]) listener(this.get());
  }

  onChange(listener: (value: T) => void): void {
    this.listeners.add(listener);
  }
}
