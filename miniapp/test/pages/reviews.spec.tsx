// @vitest-environment jsdom
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ReviewStrip } from '@/features/reviews/components/review-strip';
import { forgetQueries } from '@/lib/use-query';
import Reviews from '@/pages/reviews/index';
import { router } from '../taro-mock';
import { asked, forget, overrides } from './render';

vi.mock('@/platform/transport', async () => ({ transport: (await import('./render')).fixtureTransport }));

const review = {
  id: '9',
  authorName: '林**',
  authorAvatar: '',
  isAnonymous: false,
  stars: 5,
  text: '很暖和，尺码合适',
  pictures: [],
  spec: '雾蓝 M',
  storeName: '湖滨店',
  isOffline: false,
  at: '2026-11-22T02:00:00.000Z',
  followUp: null,
  replies: [],
};
const summary = {
  count: 6,
  averageTenths: 47,
  stars: [0, 0, 1, 1, 4],
  withPictures: 0,
  followUps: 0,
  goodPercent: 83,
  tags: [
    { name: '保暖', count: 3 },
    { name: '尺码准', count: 2 },
    { name: '跑绒', count: 1 },
  ],
};
const path = '/products/101/reviews';
const askedFor = () => decodeURIComponent(asked.filter((one) => one.path.startsWith(path)).at(-1)?.path ?? '');

beforeEach(() => {
  forget();
  forgetQueries();
  router.params = { productId: '101' };
  overrides[`GET ${path}`] = { summary, items: [review], nextCursor: null };
});

describe('what the words of reviews say', () => {
  it('stands with its counts on the product’s page', async () => {
    render(<ReviewStrip productId="101" />);
    expect((await screen.findByTestId('review-tags')).textContent).toBe('保暖 3尺码准 2跑绒 1');
  });

  it('narrows the reviews on a tap, the bad as well as the good, and shows all again on a second one', async () => {
    render(<Reviews />);
    fireEvent.click(await screen.findByTestId('review-tag-跑绒'));
    await waitFor(() => expect(askedFor()).toContain('tag=跑绒'));
    expect(screen.getByTestId('review-tag-跑绒').getAttribute('aria-pressed')).toBe('true');
    fireEvent.click(screen.getByTestId('review-tag-跑绒'));
    await waitFor(() => expect(screen.getByTestId('review-tag-跑绒').getAttribute('aria-pressed')).toBe('false'));
  });

  it('is not there while nobody has said anything', async () => {
    overrides[`GET ${path}`] = { summary: { ...summary, tags: [] }, items: [review], nextCursor: null };
    render(<Reviews />);
    await screen.findByTestId('score');
    expect(screen.queryByTestId('review-tag-filter')).toBeNull();
  });
});
