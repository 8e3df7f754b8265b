import { createRandom, seedOf } from '../random.js';
import { mix } from './tone.js';

export interface PortraitInput {
  key: string;
  gender: 1 | 2;
  /** Guides wear the store uniform with the peak badge; consumers wear their own clothes. */
  uniform: boolean;
}

const GROUNDS = ['#dfe8e3', '#e9e0d2', '#dde4ec', '#efdfd8', '#e4e1ec', '#e6e8d8'] as const;
const SKINS = ['#f6d9c3', '#f1cdb2', '#eac3a4', '#e2b694'] as const;
const HAIRS = ['#2a2320', '#3b2a22', '#1f1e22', '#4c3527'] as const;
const CLOTHES = ['#a9333b', '#4b6d92', '#b98f66', '#6e5b80', '#3f7a7c', '#666d4a'] as const;

const WOMEN_BACK = [
  'M58 92C52 44 78 30 100 30C122 30 148 44 142 92L148 150Q100 166 52 150Z',
  'M62 88C58 46 80 32 100 32C120 32 142 46 138 88L136 118Q100 126 64 118Z',
  'M64 84C60 46 80 32 100 32C120 32 140 46 136 84L130 108H70ZM100 12a19 19 0 1 0 .1 0Z',
  'M62 84C58 46 80 32 100 32C120 32 142 46 138 84L134 104C160 112 158 150 146 168C140 150 140 128 128 112H72Z',
] as const;
const WOMEN_FRONT = [
  'M66 86C66 52 84 42 102 42C122 42 134 54 134 86C126 74 118 64 108 58C96 68 80 74 66 86Z',
  'M66 84C64 54 82 42 100 42C118 42 136 54 134 84C130 70 126 66 120 62H80C74 66 70 70 66 84Z',
  'M66 82C66 54 82 44 100 44C118 44 134 54 134 82C130 66 116 58 100 56C84 58 70 66 66 82Z',
] as const;
const MEN_FRONT = [
  'M65 84C60 46 82 36 102 36C124 36 142 48 135 84C132 74 130 68 126 64C108 66 88 64 78 58C72 64 68 72 65 84Z',
  'M65 82C58 50 78 34 100 34C122 34 142 50 135 82C132 70 128 62 118 60C104 58 84 58 76 64C70 68 67 74 65 82Z',
  'M65 84C62 56 74 40 96 38C128 34 142 54 135 84C132 72 126 66 120 56C104 66 84 66 74 62C70 68 67 76 65 84Z',
] as const;

/** A person as a small flat illustration (200×200); the same key always gives the same face. */
export function drawPortrait(input: PortraitInput): string {
  const random = createRandom(seedOf(`portrait:${input.key}`));
  const ground = random.pick(GROUNDS);
  const skin = random.pick(SKINS);
  const hair = random.pick(HAIRS);
  const cloth = input.uniform ? '#2f4e43' : random.pick(CLOTHES);
  const woman = input.gender === 2;
  const back = woman ? `<path d="${random.pick(WOMEN_BACK)}" fill="${hair}"/>` : '';
  const front = random.pick(woman ? WOMEN_FRONT : MEN_FRONT);
  const smile = random.int(0, 2);
  const mouth = ['M90 112Q100 121 110 112', 'M91 113Q100 119 109 113', 'M89 111Q100 125 111 111Z'][smile] ?? '';
  const glasses =
    random.next() < 0.22
      ? '<g fill="none" stroke="#5b5149" stroke-width="2.4"><circle cx="85" cy="92" r="11"/><circle cx="115" cy="92" r="11"/><path d="M96 92h8"/></g>'
      : '';
  const collar = input.uniform
    ? `<path d="M76 140L100 164L124 140L132 148L104 182H96L68 148Z" fill="#f3efe6"/><path d="M138 172l6 -10l4 5l4 -8l9 13z" fill="#f3efe6"/>`
    : random.next() < 0.5
      ? `<path d="M72 142Q100 132 128 142L126 160Q100 170 74 160Z" fill="${mix(cloth, '#ffffff', 0.22)}"/>`
      : `<path d="M78 142Q100 170 122 142L130 146Q100 188 70 146Z" fill="#f6f1e7"/>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="200" height="200"><rect width="200" height="200" fill="${ground}"/><path d="M-10 176L40 118L66 146L110 98L150 140L214 92V210H-10Z" fill="#fff" fill-opacity=".34"/>${back}` +
    `<path d="M24 204C28 160 66 146 100 146C134 146 172 160 176 204Z" fill="${cloth}"/><path d="M86 122H114V148Q100 160 86 148Z" fill="${mix(skin, '#b5744f', 0.24)}"/>${collar}` +
    `<circle cx="66" cy="94" r="7" fill="${mix(skin, '#b5744f', 0.14)}"/><circle cx="134" cy="94" r="7" fill="${mix(skin, '#b5744f', 0.14)}"/><path d="M67 82C67 58 82 50 100 50C118 50 133 58 133 82C133 114 118 132 100 132C82 132 67 114 67 82Z" fill="${skin}"/>` +
    `<circle cx="80" cy="106" r="8" fill="#e58f7b" fill-opacity=".32"/><circle cx="120" cy="106" r="8" fill="#e58f7b" fill-opacity=".32"/><path d="${front}" fill="${hair}"/>` +
    `<g fill="#332a26"><ellipse cx="85" cy="92" rx="3.4" ry="4.2"/><ellipse cx="115" cy="92" rx="3.4" ry="4.2"/></g><path d="M78 82q7 -5 14 -1M108 81q7 -4 14 1" fill="none" stroke="${hair}" stroke-width="2.8" stroke-linecap="round"/>` +
    `<path d="M100 94q4 8 -1 10" fill="none" stroke="${mix(skin, '#8a4f33', 0.5)}" stroke-width="2" stroke-linecap="round"/><path d="${mouth}" fill="${smile === 2 ? '#fff' : 'none'}" stroke="#b4544a" stroke-width="2.8" stroke-linecap="round" stroke-linejoin="round"/>${glasses}</svg>`
  );
}
