import { describe, expect, it } from 'vitest';
import { heatOf, involving, legsByParty, shadeOf } from './model';

const party = (id: string, getsFen: number, owesFen: number) => ({
  party: id,
  name: id,
  getsFen,
  owesFen,
  netFen: getsFen - owesFen,
});
const matrix = {
  parties: [party('HQ', 0, 160), party('STORE:1', 228, 0), party('STORE:2', 60, 128)],
  cells: [
    { fromParty: 'HQ', fromName: 'HQ', toParty: 'STORE:1', toName: '1', fen: 100 },
    { fromParty: 'HQ', fromName: 'HQ', toParty: 'STORE:2', toName: '2', fen: 60 },
    { fromParty: 'STORE:2', fromName: '2', toParty: 'STORE:1', toName: '1', fen: 128 },
  ],
};

describe('the table of debts', () => {
  it('has a row for those who owe and a column for those who get, the heaviest first', () => {
    const heat = heatOf(matrix);
    expect(heat.rows.map((one) => one.party)).toEqual(['HQ', 'STORE:2']);
    expect(heat.columns.map((one) => one.party)).toEqual(['STORE:1', 'STORE:2']);
    expect([heat.at('STORE:2', 'STORE:1'), heat.at('STORE:2', 'STORE:2'), heat.most]).toEqual([128, 0, 128]);
  });
  it('gives the most the darkest shade with light text and the least a pale one with dark text', () => {
    expect([shadeOf(128, 128).color, shadeOf(1, 128).color]).toEqual(['#ffffff', '#14272e']);
    expect(shadeOf(0, 0).color).toBe('#14272e');
  });
});

describe('the entries behind an amount', () => {
  const entry = {
    id: '1',
    kind: 'WALLET_USE',
    kindText: '储值异店消费',
    subjectId: '1',
    note: '',
    day: '2026-11-22',
    at: '2026-11-22T04:00:00.000Z',
    legs: [
      { party: 'STORE:2', name: '2', fen: -111 },
      { party: 'STORE:1', name: '1', fen: 111 },
      { party: 'STORE:2', name: '2', fen: -17 },
      { party: 'STORE:1', name: '1', fen: 17 },
    ],
  };
  it('add up the legs of one party', () => {
    expect(legsByParty(entry).map((leg) => [leg.party, leg.fen])).toEqual([
      ['STORE:1', 128],
      ['STORE:2', -128],
    ]);
  });
  it('are those in which both parties have a part', () => {
    expect(
      [involving([entry], 'STORE:1'), involving([entry], 'HQ'), involving([entry], undefined)].map((all) => all.length),
    ).toEqual([1, 0, 1]);
  });
});
