import { describe, expect, it } from 'vitest';
import { adviceFor, canAdvise, measureOf, titleParts } from './size-advice';

const table = [
  ['尺码', '身高（厘米）', '体重（千克）', '衣长（厘米）'],
  ['S', '155–162', '44–53', '56'],
  ['M', '160–167', '52–61', '58'],
  ['L', '165–172', '60–69', '60'],
];

describe('which size is mine', () => {
  it('takes the row that holds height and weight', () => {
    expect(adviceFor(table, { cm: 158, kg: 48 })?.size).toBe('S');
    expect(adviceFor(table, { cm: 166, kg: null })?.size).toBe('M');
  });

  it('takes the larger one and says why when height and weight differ', () => {
    expect(adviceFor(table, { cm: 158, kg: 58 })).toEqual({
      size: 'M',
      text: '身高合 S，体重合 M，选大一点叠穿更从容',
    });
  });

  it('says nothing outside the table or before anything is known', () => {
    expect(adviceFor(table, { cm: 190, kg: 60 })).toBeNull();
    expect(adviceFor(table, { cm: null, kg: null })).toBeNull();
  });

  it('gives no advice for scarves and slippers, whose tables know no body', () => {
    expect(canAdvise(table)).toBe(true);
    expect(
      canAdvise([
        ['尺码', '适合'],
        ['均码', '200 × 35 厘米'],
      ]),
    ).toBe(false);
  });

  it('parts a title from its unit and refuses what is no measure', () => {
    expect(titleParts('身高（厘米）')).toEqual({ name: '身高', unit: '厘米' });
    expect(titleParts('尺码')).toEqual({ name: '尺码', unit: null });
    expect([measureOf('165', 80, 220), measureOf('16', 80, 220), measureOf('abc', 80, 220)]).toEqual([165, null, null]);
  });
});
