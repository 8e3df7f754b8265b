interface ProductCellProps {
  name: string;
  code: string;
  imageUrl: string | null;
  /** The row opens something: its name then is what the keyboard presses. */
  opens?: boolean;
}

/** Picture, name and code of a product, cut to one line each. */
export function ProductCell({ name, code, imageUrl, opens = false }: ProductCellProps) {
  return (
    <div className="row" style={{ minWidth: 0 }}>
      {imageUrl ? (
        <img
          src={imageUrl}
          alt=""
          width={40}
          height={40}
          loading="lazy"
          style={{ borderRadius: 4, objectFit: 'cover', background: '#eef2f2', flex: 'none' }}
        />
      ) : null}
      <div style={{ minWidth: 0 }}>
        {opens ? (
          <button type="button" className="link clip" style={{ display: 'block', maxWidth: '100%' }} title={name}>
            {name}
          </button>
        ) : (
          <div className="clip" title={name}>
            {name}
          </div>
        )}
        <div className="muted small num">{code}</div>
      </div>
    </div>
  );
}
