import { useState } from 'react';
import { Sheet } from './sheet';

/** Pictures that somebody has sent along; a tap shows one large. */
export function Photos({ urls, label }: { urls: readonly string[]; label: string }) {
  const [shown, setShown] = useState<string | null>(null);
  if (urls.length === 0) return null;
  return (
    <>
      <ul className="photos">
        {urls.map((url, at) => (
          <li key={url}>
            <button type="button" aria-label={`${label}第 ${at + 1} 张，点开看大图`} onClick={() => setShown(url)}>
              <img src={url} alt="" loading="lazy" />
            </button>
          </li>
        ))}
      </ul>
      <Sheet title={label} isOpen={shown !== null} onClose={() => setShown(null)}>
        {shown ? <img className="photo-large" src={shown} alt={label} /> : null}
      </Sheet>
    </>
  );
}
