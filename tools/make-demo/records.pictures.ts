/** Scenes of the demo world, drawn in the colours of the site: flat shapes on a ground, 800 by 600. */

const SKY = '#e9f0f3', PAPER = '#f8f5ee', WATER = '#6d9eb8', DEEP = '#245671', RICE = '#a9cb82', LEAF = '#468963', FOREST = '#0f4039', STRAW = '#f4d59d', EARTH = '#b36322', ROOT = '#84401a', INK = '#211a14', MIST = '#cadce5'

const path = (fill: string, d: string) => `<path fill="${fill}" d="${d}"/>`
const line = (stroke: string, width: number, d: string) => `<path fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" d="${d}"/>`
const disc = (fill: string, x: number, y: number, rx: number, ry = rx) => `<ellipse fill="${fill}" cx="${x}" cy="${y}" rx="${rx}" ry="${ry}"/>`
const box = (fill: string, x: number, y: number, width: number, height: number) => `<rect fill="${fill}" x="${x}" y="${y}" width="${width}" height="${height}"/>`
const each = (count: number, draw: (i: number) => string) => Array.from({ length: count }, (_, i) => draw(i)).join('')

const hills = path(MIST, 'M0 330 L150 190 L290 320 L450 150 L640 330 L800 220 V600 H0 Z') + path(LEAF, 'M0 400 Q200 310 420 400 T800 380 V600 H0 Z')
const outdoors = box(SKY, 0, 0, 800, 600) + disc(STRAW, 650, 120, 55) + hills
const table = box(PAPER, 0, 0, 800, 600) + box(STRAW, 0, 380, 800, 220)
const plate = table + disc(INK, 400, 400, 262, 112) + disc('#ffffff', 400, 390, 260, 110) + disc(MIST, 400, 388, 200, 78)
const body = (fill: string, x: number, y: number) => disc(fill, x, y, 150, 80) + each(4, i => box(fill, x - 120 + i * 70, y + 40, 26, 110))
const house = (x: number) => each(4, i => box(ROOT, x + 20 + i * 95, 400, 18, 120)) + box(EARTH, x, 270, 330, 140) + path(ROOT, `M${x - 40} 280 L${x + 165} 130 L${x + 370} 280 Z`) + box(STRAW, x + 50, 310, 60, 60) + box(INK, x + 200, 300, 70, 110)

export const SCENES: Record<string, string> = {
  cave: box(LEAF, 0, 0, 800, 600) + path(EARTH, 'M0 600 V170 Q180 20 400 40 T800 190 V600 Z') + path(INK, 'M150 600 Q140 260 400 210 T660 600 Z') + each(5, i => path(EARTH, `M${230 + i * 75} ${260 - (i % 2) * 25} l20 ${90 + (i % 3) * 30} l20 -${90 + (i % 3) * 30} Z`)) + path(WATER, 'M150 600 Q400 470 660 600 Z'),
  waterfall: box(FOREST, 0, 0, 800, 600) + path(EARTH, 'M0 600 V150 H320 V300 H480 V150 H800 V600 Z') + each(6, i => box(i % 2 ? SKY : MIST, 325 + i * 25, 120, 22, 370)) + disc(WATER, 400, 520, 330, 90) + disc(SKY, 400, 495, 130, 24),
  viewpoint: box(STRAW, 0, 0, 800, 600) + disc(EARTH, 560, 230, 75) + path(WATER, 'M0 340 L220 200 L420 340 L600 240 L800 340 V600 H0 Z') + each(3, i => disc('#ffffff', 170 + i * 230, 400 + (i % 2) * 20, 210, 45)) + path(FOREST, 'M0 600 V520 Q240 410 520 520 T800 540 V600 Z'),
  'rice-field': outdoors + each(6, i => path(i % 2 ? RICE : STRAW, `M0 ${420 + i * 32} Q260 ${380 + i * 32} 480 ${430 + i * 32} T800 ${415 + i * 32} V600 H0 Z`)),
  village: outdoors + house(70) + house(460).replaceAll(EARTH, STRAW),
  homestay: outdoors + house(230) + line(STRAW, 12, 'M200 520 H620'),
  temple: outdoors + box('#ffffff', 220, 330, 360, 190) + path(ROOT, 'M160 340 L400 190 L640 340 Z') + path(EARTH, 'M240 240 L400 120 L560 240 Z') + box(STRAW, 370, 400, 60, 120) + line(STRAW, 10, 'M400 120 V70'),
  tent: box(DEEP, 0, 0, 800, 600) + each(18, i => disc('#ffffff', 40 + (i * 137) % 740, 30 + (i * 71) % 260, 3)) + path(FOREST, 'M0 600 V430 Q400 360 800 430 V600 Z') + path(EARTH, 'M220 500 L400 260 L580 500 Z') + path(INK, 'M360 500 L400 350 L440 500 Z'),
  stream: outdoors + path(WATER, 'M430 380 Q250 450 380 500 T200 600 H620 Q520 520 560 470 T500 380 Z') + each(5, i => disc('#8d8271', 260 + i * 85, 480 + (i % 3) * 35, 45, 26)),
  weir: outdoors + box(WATER, 0, 330, 800, 270) + box('#8d8271', 80, 380, 640, 70) + each(8, i => box(SKY, 110 + i * 78, 400, 36, 110)) + box(DEEP, 0, 520, 800, 80),
  pond: outdoors + disc(EARTH, 400, 480, 340, 100) + disc(WATER, 400, 475, 310, 82) + each(3, i => line(SKY, 6, `M${240 + i * 110} ${460 + i * 15} h90`)),
  tank: outdoors + each(4, i => line(ROOT, 16, `M${290 + i * 72} 540 V330`)) + box(WATER, 260, 170, 280, 170) + disc(DEEP, 400, 170, 140, 34) + line(DEEP, 14, 'M540 300 H620 V540'),
  spring: box(FOREST, 0, 0, 800, 600) + each(5, i => disc('#8d8271', 180 + i * 110, 300 + (i % 2) * 40, 100, 80)) + path(WATER, 'M380 330 Q340 430 260 470 H560 Q450 430 420 330 Z') + disc(WATER, 400, 520, 280, 70),
  well: outdoors + disc('#8d8271', 400, 470, 170, 60) + box('#8d8271', 230, 380, 340, 90) + disc(INK, 400, 380, 170, 55) + line(ROOT, 18, 'M250 380 V190 H550 V380') + line(INK, 5, 'M400 190 V350') + path(EARTH, 'M370 330 h60 l-10 50 h-40 Z'),
  plate: plate + each(9, i => disc(i % 3 ? LEAF : EARTH, 290 + (i * 53) % 220, 360 + (i * 29) % 55, 40, 22)),
  noodles: plate + each(7, i => line(STRAW, 14, `M${270 + i * 12} ${375 + i * 6} q60 -45 120 0 t120 0`)) + disc(EARTH, 440, 375, 40, 20) + line(ROOT, 10, 'M500 330 L700 140 M530 340 L730 170'),
  'chilli-dip': table + disc('#8d8271', 400, 440, 170, 70) + path('#8d8271', 'M230 320 H570 Q560 470 400 480 T230 320 Z') + disc(EARTH, 400, 320, 170, 52) + each(6, i => disc(i % 2 ? ROOT : LEAF, 300 + i * 38, 318 + (i % 2) * 12, 18, 9)) + line(ROOT, 30, 'M430 310 L600 120'),
  cup: table + path('#ffffff', 'M260 260 H540 Q530 460 400 465 T260 260 Z') + disc(ROOT, 400, 262, 138, 36) + line('#ffffff', 26, 'M535 300 q90 10 40 90 q-25 30 -65 25') + each(3, i => line(MIST, 10, `M${340 + i * 60} 190 q-25 -40 0 -75 t0 -75`)),
  grill: table + box(INK, 180, 420, 440, 80) + each(9, i => line('#8d8271', 8, `M${200 + i * 50} 400 V420`)) + each(3, i => line(STRAW, 10, `M${240 + i * 130} 300 L${300 + i * 130} 410`) + disc(EARTH, 262 + i * 130, 345, 60, 36)),
  jar: table + box(ROOT, 330, 150, 140, 40) + path(EARTH, 'M340 190 H460 Q560 260 540 400 Q520 490 400 490 T260 400 Q240 260 340 190 Z') + box(PAPER, 310, 300, 180, 90) + disc(STRAW, 400, 345, 36),
  loom: box(PAPER, 0, 0, 800, 600) + each(24, i => line(i % 4 ? ROOT : EARTH, 5, `M${170 + i * 20} 80 V520`)) + each(10, i => box([DEEP, STRAW, LEAF, EARTH][i % 4] as string, 160, 320 + i * 20, 480, 16)) + line(INK, 20, 'M130 80 H670 M130 530 H670') + line(ROOT, 14, 'M150 290 H650'),
  basket: table + path(EARTH, 'M200 260 H600 L540 500 H260 Z') + each(8, i => line(STRAW, 10, `M${220 + i * 50} 265 L${270 + i * 36} 495`)) + each(4, i => line(ROOT, 10, `M${215 + i * 14} ${320 + i * 50} H${585 - i * 14}`)) + line(ROOT, 18, 'M200 260 H600 M250 260 Q400 60 550 260'),
  drum: table + path(EARTH, 'M270 150 H530 L470 320 L540 520 H260 L330 320 Z') + disc(PAPER, 400, 150, 130, 38) + each(6, i => line(STRAW, 6, `M${285 + i * 46} 170 L${340 + i * 24} 315`)) + box(ROOT, 325, 305, 150, 30),
  leaf: box('#f0f3d2', 0, 0, 800, 600) + path(LEAF, 'M400 70 Q680 230 400 530 Q120 230 400 70 Z') + line(FOREST, 10, 'M400 90 V590') + each(5, i => line(FOREST, 6, `M400 ${200 + i * 65} l${110 - i * 14} -60 M400 ${200 + i * 65} l-${110 - i * 14} -60`)),
  flower: box('#f0f3d2', 0, 0, 800, 600) + line(LEAF, 18, 'M400 320 V600') + path(LEAF, 'M400 500 Q520 400 600 470 Q500 540 400 500 Z') + each(6, i => `<g transform="rotate(${i * 60} 400 270)">${disc(i % 2 ? '#e8b262' : STRAW, 400, 160, 62, 110)}</g>`) + disc(EARTH, 400, 270, 55),
  tree: outdoors + line(ROOT, 50, 'M400 560 V300') + line(ROOT, 22, 'M400 400 L290 280 M400 380 L520 270') + disc(FOREST, 400, 210, 170, 130) + disc(LEAF, 280, 270, 110, 85) + disc(LEAF, 520, 260, 110, 85),
  bamboo: box('#d5e3a4', 0, 0, 800, 600) + each(7, i => line(i % 2 ? LEAF : FOREST, 34, `M${100 + i * 100} 620 V-20`) + each(4, j => line('#d5e3a4', 6, `M${78 + i * 100} ${110 + j * 140 + (i % 2) * 50} h44`))) + each(6, i => path(LEAF, `M${110 + i * 110} ${150 + (i % 3) * 120} q70 -60 130 10 q-70 20 -130 -10 Z`)),
  hornbill: box('#d5e3a4', 0, 0, 800, 600) + line(ROOT, 26, 'M0 500 H800') + path(INK, 'M290 270 Q380 190 440 270 Q470 400 370 500 L250 590 L260 460 Q230 350 290 270 Z') + path(PAPER, 'M330 390 Q400 400 400 450 L340 500 Q310 450 330 390 Z') + disc(INK, 400, 230, 75, 68) + path('#e8b262', 'M430 190 Q600 180 620 300 Q540 240 440 270 Z') + path(STRAW, 'M410 165 Q500 110 560 185 L440 200 Z') + disc(PAPER, 415, 220, 15) + disc(INK, 418, 220, 7),
  bird: box(SKY, 0, 0, 800, 600) + path(EARTH, 'M0 0 H800 V90 Q400 200 0 90 Z') + each(9, i => line(INK, 9, `M${90 + (i * 171) % 620} ${220 + (i * 97) % 310} q30 -38 50 0 q20 -38 50 0`)),
  fish: box(WATER, 0, 0, 800, 600) + each(3, i => `<g transform="translate(${i * 140 - 130} ${i * 130 - 120})">${disc(DEEP, 390, 300, 150, 62) + path(DEEP, 'M520 300 L610 240 V360 Z') + disc(SKY, 300, 285, 13) + disc(INK, 300, 285, 6)}</g>`) + each(6, i => disc(MIST, 120 + i * 110, 90 + (i % 3) * 60, 12)),
  buffalo: outdoors + body(INK, 400, 400) + disc(INK, 245, 340, 62, 52) + line('#8d8271', 18, 'M215 300 Q130 260 150 180 M275 300 Q350 250 330 180') + disc(PAPER, 228, 335, 7),
  boar: box('#d5e3a4', 0, 0, 800, 600) + box(LEAF, 0, 500, 800, 100) + body(ROOT, 420, 370) + path(ROOT, 'M330 310 L180 390 L200 440 L330 440 Z') + path(INK, 'M300 310 L280 250 L340 300 Z') + disc(PAPER, 270, 355, 8) + line(PAPER, 8, 'M215 425 q-15 -20 -8 -38'),
  chicken: outdoors + path(EARTH, 'M270 380 Q280 480 400 490 Q540 480 560 300 Q480 360 400 350 Q380 250 320 240 Q270 270 270 380 Z') + disc(EARTH, 315, 250, 48) + path('#d58a39', 'M270 250 L220 268 L272 282 Z') + path(ROOT, 'M290 205 q15 -40 30 -5 q15 -35 30 5 Z') + line(STRAW, 10, 'M380 485 V560 M430 485 V560') + disc(INK, 303, 242, 7),
  bee: box('#faedcd', 0, 0, 800, 600) + disc(MIST, 350, 210, 80, 120) + disc(MIST, 480, 210, 80, 120) + disc('#e8b262', 400, 330, 190, 105) + each(3, i => box(INK, 310 + i * 75, 240 + (i === 1 ? -12 : 5), 34, i === 1 ? 204 : 170)) + disc(INK, 225, 325, 52) + line(INK, 8, 'M205 280 q-30 -60 -70 -60'),
  frog: box(WATER, 0, 0, 800, 600) + disc(RICE, 400, 470, 300, 85) + disc(LEAF, 400, 380, 170, 105) + disc(LEAF, 310, 270, 50) + disc(LEAF, 490, 270, 50) + disc(PAPER, 310, 262, 26) + disc(PAPER, 490, 262, 26) + disc(INK, 310, 262, 12) + disc(INK, 490, 262, 12) + line(FOREST, 10, 'M310 390 Q400 450 490 390'),
}

export function toSvg(scene: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600" viewBox="0 0 800 600">${scene}</svg>`
}
