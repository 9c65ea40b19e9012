// The tones of styles/DESIGN.md.

export type Tone = 'good' | 'hold' | 'warn' | 'bad' | 'accent' | 'neutral';
