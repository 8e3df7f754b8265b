import { GUIDES } from '../demo/guides.js';

/** Where a consumer of the demo shops, who looks after them, and the card number they use at the counter. */
export interface Persona {
  key: string;
  /** Codes of stores, most visited first. */
  stores: readonly string[];
  /** Guides they have added in WeCom; the first one becomes their exclusive guide. */
  guides: readonly string[];
  /** Sizes that fit: their own, and those of the children they buy for. */
  sizes: readonly string[];
  /** Customer number of the shipped point-of-sale sample. */
  cardNo: string | null;
}

/** The guides of a store, by userid, the manager first. */
export const guidesOfStore = (storeCode: string): string[] =>
  GUIDES.filter((guide) => guide.storeCode === storeCode).map((guide) => guide.userid);

const guide = (storeCode: string, place: number): string => guidesOfStore(storeCode)[place] ?? '';

/** The demo guide's own store, where people come to the counter. */
const COUNTER = { stores: ['S001', 'S002'], guides: [guide('S001', 0)] };

export const PERSONAS: readonly Persona[] = [
  {
    key: 'lin',
    stores: ['S003', 'S004', 'S001'],
    guides: [guide('S001', 0), guide('S003', 1)],
    sizes: ['M'],
    cardNo: '12477',
  },
  {
    key: 'chen',
    stores: ['S006', 'S005', 'S001'],
    guides: [guide('S006', 1), guide('S001', 0)],
    sizes: ['L'],
    cardNo: '12679',
  },
  {
    key: 'zhou',
    stores: ['S003', 'S004', 'S002'],
    guides: [guide('S003', 0), guide('S001', 0)],
    sizes: ['M', '120'],
    cardNo: '12684',
  },
  { key: 'gu', stores: ['S008', 'S009', 'S007'], guides: [guide('S008', 1)], sizes: ['L'], cardNo: '12749' },
  { key: 'xu', stores: ['S012', 'S009'], guides: [guide('S012', 1)], sizes: ['S'], cardNo: null },
  { key: 'shen', stores: ['S011', 'S008'], guides: [guide('S011', 0)], sizes: ['L'], cardNo: '12947' },
  { key: 'liang', stores: ['S020', 'S018', 'S021'], guides: [guide('S020', 1)], sizes: ['XL'], cardNo: '13593' },
  { key: 'song', stores: ['S019'], guides: [guide('S019', 0)], sizes: ['S'], cardNo: null },
  { key: 'luo', stores: ['S027', 'S028', 'S026'], guides: [guide('S027', 1)], sizes: ['S'], cardNo: '13610' },
  { key: 'tong', stores: ['S038', 'S039', 'S040'], guides: [guide('S038', 0)], sizes: ['XXL'], cardNo: '13892' },
  { key: 'he', stores: ['S032', 'S033'], guides: [guide('S032', 1)], sizes: ['L'], cardNo: null },
  { key: 'ye', stores: ['S034'], guides: [guide('S034', 1)], sizes: ['M'], cardNo: '14224' },
  ...[
    { key: 'mei', sizes: ['M'], cardNo: '13629' },
    { key: 'jiang', sizes: ['L'], cardNo: '17867' },
    { key: 'fang', sizes: ['L'], cardNo: '14875' },
    { key: 'tao', sizes: ['XL'], cardNo: '16943' },
    { key: 'min', sizes: ['S'], cardNo: '15854' },
    { key: 'qiao', sizes: ['L'], cardNo: '17957' },
  ].map((one) => ({ ...one, ...COUNTER })),
];

/** They buy at the counter of the demo guide's store and look in the mini-program; two of them order there today. */
export const COUNTER_PEOPLE: readonly Persona[] = PERSONAS.filter(({ guides }) => guides === COUNTER.guides);
