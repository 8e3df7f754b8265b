import { describe, expect, it } from 'vitest';
import { cornersOf, outlineProblem, type Place, polygonOf, toPlace, toSpot } from './geo';

const view = { centre: { latitude: 30.25, longitude: 120.16 }, reachM: 5000, sizePx: 500 };
const place = (longitude: number, latitude: number): Place => ({ longitude, latitude });
const square = [place(0, 0), place(1, 0), place(1, 1), place(0, 1)];

describe('the map', () => {
  it('puts the centre in the middle and north above', () => {
    expect(toSpot(view, view.centre)).toEqual({ x: 250, y: 250 });
    expect(toSpot(view, { ...view.centre, latitude: 30.26 }).y).toBeLessThan(250);
  });
  it('finds the same place again under a spot', () => {
    const there = place(120.17, 30.24);
    const back = toPlace(view, toSpot(view, there));
    expect(back.longitude).toBeCloseTo(there.longitude, 5);
    expect(back.latitude).toBeCloseTo(there.latitude, 5);
  });
});

describe('an outline', () => {
  it('is closed by its first corner, and opened again for editing', () => {
    const polygon = polygonOf(square);
    expect(polygon?.coordinates[0]).toHaveLength(5);
    expect(cornersOf(polygon)).toEqual(square);
  });
  it('needs three corners', () => {
    expect(outlineProblem(square.slice(0, 2))).toBe('再点 1 个点，才围得成一块');
    expect(polygonOf(square.slice(0, 2))).toBeNull();
  });
  it('must not cross itself', () => {
    expect(outlineProblem(square)).toBeNull();
    expect(outlineProblem([place(0, 0), place(1, 1), place(1, 0), place(0, 1)])).toMatch('交叉');
  });
});
