import { useState } from 'react';
import { Icon } from './icon';

/** A person's picture; the first character stands in when there is none or it does not load. */
export function Avatar({ url, name, size = 40 }: { url: string; name: string; size?: number }) {
  const [broken, setBroken] = useState<string | null>(null);
  const style = { width: size, height: size, fontSize: size * 0.42 };
  if (!url || broken === url) {
    return (
      <span className="avatar" style={style} aria-hidden="true">
        {Array.from(name)[0] ?? '客'}
      </span>
    );
  }
  return <img className="avatar" style={style} src={url} alt="" onError={() => setBroken(url)} />;
}

/** A product's picture on the common light ground. */
export function Thumb({ url, size = 56 }: { url: string | null; size?: number }) {
  const [broken, setBroken] = useState<string | null>(null);
  const style = { width: size, height: size };
  if (!url || broken === url) {
    return (
      <span className="thumb" style={style} aria-hidden="true">
        <Icon name="picture" />
      </span>
    );
  }
  return <img className="thumb" style={style} src={url} alt="" loading="lazy" onError={() => setBroken(url)} />;
}
