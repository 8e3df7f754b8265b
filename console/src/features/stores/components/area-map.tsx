import { useRef } from 'react';
import type { Store } from '../../../lib/types';
import { type MapView, type Place, type Spot, toPlace, toSpot } from '../geo';

interface AreaMapProps {
  store: Store;
  others: readonly Store[];
  kind: 'RADIUS' | 'POLYGON';
  radiusM: number;
  corners: readonly Place[];
  reachM: number;
  /** Absent: only to look at. */
  onChange?: (corners: Place[]) => void;
}

const SIZE = 520;
const clip = (name: string) => name.replace(/^.*\s/, '').slice(0, 8);

/** The store and its neighbours from above; corners are set by a click, moved by dragging, removed by a double click. */
export function AreaMap({ store, others, kind, radiusM, corners, reachM, onChange }: AreaMapProps) {
  const svg = useRef<SVGSVGElement>(null);
  const dragged = useRef<number | null>(null);
  const view: MapView = { centre: store, reachM, sizePx: SIZE };
  const spotOf = (event: { clientX: number; clientY: number }): Spot => {
    const box = svg.current?.getBoundingClientRect();
    if (!box || box.width === 0) return { x: 0, y: 0 };
    return { x: ((event.clientX - box.left) * SIZE) / box.width, y: ((event.clientY - box.top) * SIZE) / box.height };
  };
  const canDraw = kind === 'POLYGON' && onChange !== undefined;
  const spots = corners.map((corner) => toSpot(view, corner));
  const near = others
    .filter((one) => one.id !== store.id)
    .map((one) => ({ one, spot: toSpot(view, one) }))
    .filter(({ spot }) => spot.x > 0 && spot.x < SIZE && spot.y > 0 && spot.y < SIZE);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: corners can be typed beside the map as well
    <svg
      ref={svg}
      className="map"
      viewBox={`0 0 ${SIZE} ${SIZE}`}
      role="img"
      aria-label={`${store.name} 的服务范围和附近 ${near.length} 家店`}
      onClick={(event) => {
        if (canDraw && event.target === svg.current) onChange([...corners, toPlace(view, spotOf(event))]);
      }}
      onPointerMove={(event) => {
        const at = dragged.current;
        if (canDraw && at !== null)
          onChange(corners.map((corner, index) => (index === at ? toPlace(view, spotOf(event)) : corner)));
      }}
      onPointerUp={() => {
        dragged.current = null;
      }}
      style={{ cursor: canDraw ? 'crosshair' : 'default' }}
      data-testid="area-map"
    >
      {[0.25, 0.5, 0.75].map((at) => (
        <g key={at} stroke="#e2eaeb" pointerEvents="none">
          <line x1={SIZE * at} y1={0} x2={SIZE * at} y2={SIZE} />
          <line y1={SIZE * at} x1={0} y2={SIZE * at} x2={SIZE} />
        </g>
      ))}
      {kind === 'RADIUS' ? (
        <circle
          cx={SIZE / 2}
          cy={SIZE / 2}
          r={(radiusM * SIZE) / (reachM * 2)}
          fill="#0e5f6b22"
          stroke="#0e5f6b"
          strokeWidth={1.5}
          pointerEvents="none"
        />
      ) : (
        <polygon
          points={spots.map((spot) => `${spot.x},${spot.y}`).join(' ')}
          fill="#0e5f6b22"
          stroke="#0e5f6b"
          strokeWidth={1.5}
          pointerEvents="none"
        />
      )}
      {near.map(({ one, spot }) => (
        <g key={one.id} pointerEvents="none">
          <circle cx={spot.x} cy={spot.y} r={4} fill={one.kind === 'SELF' ? '#647980' : '#a86a10'} />
          <text x={spot.x + 7} y={spot.y + 4}>
            {clip(one.name)}
          </text>
        </g>
      ))}
      <g pointerEvents="none">
        <circle cx={SIZE / 2} cy={SIZE / 2} r={6} fill="#0e5f6b" stroke="#fff" strokeWidth={2} />
        <text x={SIZE / 2 + 10} y={SIZE / 2 + 4} style={{ fontWeight: 600, fill: '#14272e' }}>
          {clip(store.name)}
        </text>
      </g>
      {canDraw
        ? spots.map((spot, index) => (
            // biome-ignore lint/a11y/noStaticElementInteractions: a handle of the drawing, for the pointer only
            <circle
              // biome-ignore lint/suspicious/noArrayIndexKey: a corner is nothing but its place in the outline
              key={index}
              cx={spot.x}
              cy={spot.y}
              r={7}
              fill="#fff"
              stroke="#0e5f6b"
              strokeWidth={2}
              style={{ cursor: 'move' }}
              onPointerDown={() => {
                dragged.current = index;
              }}
              onDoubleClick={() => onChange(corners.filter((_, at) => at !== index))}
              data-testid="area-corner"
            />
          ))
        : null}
    </svg>
  );
}
