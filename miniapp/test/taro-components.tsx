import { createElement, type ElementType, forwardRef, type ReactNode } from 'react';

// Taro's components as plain elements: tests look at what a person sees, not at how Taro renders it.
type Turned = (event: { detail: { value: boolean } }) => void;
type Told = (event: { detail: { value: string } }) => void;
type Props = Record<string, unknown>;
const OURS = [
  'hoverClass',
  'catchMove',
  'scrollX',
  'scrollY',
  'showScrollbar',
  'openType',
  'mode',
  'lazyLoad',
  'showMenuByLongpress',
  'confirmType',
  'focus',
  'maxlength',
  'autoplay',
  'circular',
  'interval',
  'current',
  'checked',
  'color',
  'onLongPress',
];

// biome-ignore-start lint/correctness/noComponentHookFactories: one per tag, made once when the module loads
const host = (tag: ElementType) =>
  forwardRef<unknown, Props>(function Host(all, ref) {
    const { children, onInput, onConfirm, ...rest } = all as Props & {
      children?: ReactNode;
      onInput?: Told;
      onConfirm?: Told;
    };
    const props = Object.fromEntries(Object.entries(rest).filter(([name]) => !OURS.includes(name)));
    const isField = tag === 'input' || tag === 'textarea';
    return createElement(
      tag,
      {
        ...props,
        ref,
        ...(isField
          ? {
              onChange: (event: { target: { value: string } }) => onInput?.({ detail: { value: event.target.value } }),
              onKeyDown: (event: { key: string; target: { value: string } }) =>
                event.key === 'Enter' && onConfirm?.({ detail: { value: event.target.value } }),
            }
          : {}),
      },
      isField || tag === 'img' ? undefined : children,
    );
  });

// biome-ignore-end lint/correctness/noComponentHookFactories: see above

export const View = host('div');
export const Text = host('span');
export const Image = host('img');
export const Input = host('input');
export const Textarea = host('textarea');
export const Button = host('button');
export const ScrollView = host('div');
export const Swiper = host('div');
export const SwiperItem = host('div');
/** Turns at a tap, as the real one does. */
export function Switch(props: Props & { checked?: boolean; disabled?: boolean; onChange?: Turned }) {
  const { checked, disabled, onChange, color: _, ...rest } = props;
  const turn = () => !disabled && onChange?.({ detail: { value: !checked } });
  return createElement('div', { ...rest, role: 'switch', 'aria-checked': checked, onClick: turn });
}
export const Picker = host('div');
