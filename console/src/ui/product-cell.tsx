/** Picture, name and code of a product, cut to one line each. */
export function ProductCell({ name, code, imageUrl }: { name: string; code: string; imageUrl: string | null }) {
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
        <div className="clip" title={name}>
          {name}
        </div>
        <div className="muted small num">{code}</div>
      </div>
    </div>
  );
}
