import { describe, expect, it } from 'vitest';
import { funnelOf, piecesOf, unknownVariables } from './model';

const asOf = '2026-11-22T06:00:00Z';

describe('the words of a task', () => {
  it('fill the known variables and leave the rest as written', () => {
    expect(piecesOf('{称呼}您好{什么}').map((piece) => piece.text)).toEqual(['林女士', '您好', '{什么}']);
    expect(unknownVariables('{称呼}{门市}')).toEqual(['门市']);
  });
});

describe('the funnel', () => {
  it('rates each step by the one before and draws nothing out of nothing', () => {
    const effect = {
      guideCount: 1,
      itemCount: 200,
      seen: 100,
      sent: 50,
      opened: 0,
      ordered: 0,
      skipped: 0,
      orderFen: 0,
      asOf,
    };
    expect(funnelOf(effect).map((step) => step.rate)).toEqual([null, '50%', '50%', '0%', null]);
    expect(funnelOf({ ...effect, itemCount: 0, seen: 0, sent: 0 }).every((step) => step.width === 0)).toBe(true);
  });
});
