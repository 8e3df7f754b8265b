import { fireEvent, render, screen } from '@testing-library/react';
import { useRef } from 'react';
import { createMemoryRouter, Link, RouterProvider } from 'react-router';
import { describe, expect, it } from 'vitest';
import { LeaveGuard } from './leave-guard';

function Form() {
  const isChanged = useRef(false);
  return (
    <>
      <LeaveGuard isDirty={() => isChanged.current} />
      <button type="button" onClick={() => (isChanged.current = true)}>
        填一格
      </button>
      <Link to="/elsewhere">走开</Link>
    </>
  );
}

const open = () => {
  const router = createMemoryRouter([
    { path: '/', Component: Form },
    { path: '/elsewhere', element: <p>别的页面</p> },
  ]);
  render(<RouterProvider router={router} />);
};

describe('leaving a form', () => {
  it('asks first when something was filled in, and stays when one goes on filling', async () => {
    open();
    fireEvent.click(screen.getByText('填一格'));
    fireEvent.click(screen.getByText('走开'));
    fireEvent.click(await screen.findByText('继续填'));
    expect(screen.queryByText('别的页面')).toBeNull();
  });

  it('lets go when the form is given up', async () => {
    open();
    fireEvent.click(screen.getByText('填一格'));
    fireEvent.click(screen.getByText('走开'));
    fireEvent.click(await screen.findByText('不保存，离开'));
    expect(await screen.findByText('别的页面')).toBeDefined();
  });

  it('lets go at once when nothing was filled in', async () => {
    open();
    fireEvent.click(screen.getByText('走开'));
    expect(await screen.findByText('别的页面')).toBeDefined();
  });
});
