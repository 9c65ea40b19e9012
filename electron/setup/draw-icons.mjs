// Draws the PNG icons in assets/ from their SVG sources; run by hand after a change of the mark: node electron/setup/draw-icons.mjs
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const assets = join(import.meta.dirname, '../../assets');
const iconSizes = [16, 24, 32, 48, 64, 128, 256, 512];
const traySizes = [16, 22, 32];

/** Tones per state: the first set is bright for dark panels and still seen on light ones, the second is for light panels. */
const trayTones = {
  '': { idle: '#aab3c4', streaming: '#5fd3a0', paused: '#b9a8ff', trouble: '#f3bb6b' },
  '-on-light': { idle: '#4c566a', streaming: '#14794c', paused: '#5b45c4', trouble: '#9a5b06' },
};

/** rsvg-convert comes with Debian's librsvg2-bin. */
function draw(svg, size, target) {
  const png = execFileSync('rsvg-convert', ['--width', String(size), '--height', String(size)], { input: svg });
  writeFileSync(join(assets, target), png);
}

const icon = readFileSync(join(assets, 'icon.svg'));
for (const size of iconSizes) draw(icon, size, `icon-${size}.png`);
draw(icon, 512, 'icon.png');

for (const [variant, tones] of Object.entries(trayTones)) {
  for (const [state, tone] of Object.entries(tones)) {
    const svg = readFileSync(join(assets, `tray/${state}.svg`), 'utf8').replaceAll('currentColor', tone);
    for (const size of traySizes) {
      draw(svg, size, `tray/${state}${variant}-${size}.png`);
      draw(svg, size * 2, `tray/${state}${variant}-${size}@2x.png`);
    }
  }
}
