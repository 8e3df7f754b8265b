/** Tokens and the start page. */
export const BASE_CSS = `
:root{--ink:#1c2420;--soft:#5f6b65;--line:#e4e8e5;--paper:#fff;--ground:#eef1ef;--wx:#07c160;--wx-deep:#06ad56;--blue:#2f6fd6;--danger:#d9483b;
--link:#576b95;--r:12px;font-family:-apple-system,"PingFang SC","Noto Sans CJK SC","Noto Sans SC","Microsoft YaHei",sans-serif;color:var(--ink)}
*{box-sizing:border-box}html,body{margin:0;height:100%}body{background:var(--ground);-webkit-font-smoothing:antialiased;font-size:15px;line-height:1.5}
button{font:inherit;color:inherit;border:0;background:none;padding:0;cursor:pointer;text-align:left}input{font:inherit}a{color:inherit;text-decoration:none}
h1,h2,h3,p{margin:0}.icon{display:inline-flex;flex:none}.avatar{display:inline-flex;align-items:center;justify-content:center;flex:none;border-radius:8px;color:#fff;overflow:hidden;font-weight:500}
.avatar img{width:100%;height:100%;object-fit:cover}button:focus-visible,a:focus-visible,input:focus-visible{outline:2px solid var(--blue);outline-offset:2px}
.start{max-width:860px;margin:0 auto;padding:72px 24px 64px}.eyebrow{color:var(--soft);font-size:13px;letter-spacing:.04em}.start h1{font-size:40px;font-weight:600;margin:8px 0 16px;letter-spacing:.02em}
.lead{font-size:17px;line-height:1.9;color:#3c4741;max-width:680px}.doors{display:grid;grid-template-columns:repeat(3,1fr);gap:16px;margin:36px 0 44px}
.door{display:flex;gap:14px;align-items:center;background:var(--paper);border-radius:16px;padding:20px;box-shadow:0 1px 2px rgba(20,40,30,.06),0 8px 24px rgba(20,40,30,.05);transition:transform .15s,box-shadow .15s}
.door:hover{transform:translateY(-2px);box-shadow:0 2px 4px rgba(20,40,30,.08),0 14px 32px rgba(20,40,30,.09)}.door>.icon{color:#a6b0aa}
.door-icon{width:48px;height:48px;border-radius:12px;background:#e6f4ec;color:#12804a;display:flex;align-items:center;justify-content:center;flex:none}
.door-words{flex:1;display:flex;flex-direction:column;min-width:0}.door-words strong{font-size:16px;font-weight:600}.door-words span{color:var(--soft);font-size:13px}
.start h2{font-size:15px;color:var(--soft);font-weight:500;margin-bottom:12px}.people{display:grid;grid-template-columns:repeat(auto-fill,minmax(180px,1fr));gap:10px}
.person{display:flex;gap:12px;align-items:center;padding:10px 12px;border-radius:12px;background:rgba(255,255,255,.65)}.person:hover{background:#fff}.person strong{display:block;font-weight:500;line-height:1.3}.person small{color:var(--soft)}
@media(max-width:760px){.doors{grid-template-columns:1fr}.start{padding-top:36px}}
.card-mini,.card-link{display:block;width:236px;background:#fff;border-radius:8px;padding:10px 12px;box-shadow:0 0 0 .5px rgba(0,0,0,.06)}
.card-mini-head,.card-mini-foot{display:flex;align-items:center;gap:5px;color:#8a918d;font-size:12px}.mini-dot{width:14px;height:14px;border-radius:50%;background:linear-gradient(135deg,#274b6d,#6ea0c4)}
.card-mini strong{display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden;font-weight:500;font-size:15px;margin:5px 0 8px;line-height:1.4}
.picture{display:flex;align-items:center;justify-content:center;background:#eef1f0;color:#a9b4ae;overflow:hidden}.picture img{width:100%;height:100%;object-fit:cover}
.card-mini-pic{height:170px;border-radius:4px}.card-mini-foot{border-top:.5px solid #ececec;margin-top:9px;padding-top:6px}
.card-link strong{font-weight:500}.card-link-row{display:flex;gap:8px;margin-top:4px;color:#8a918d;font-size:12px}.card-link-row>span:first-child{flex:1;display:-webkit-box;-webkit-line-clamp:3;-webkit-box-orient:vertical;overflow:hidden}.card-link-pic{width:46px;height:46px;flex:none}
.bubble-image{width:150px;height:150px;border-radius:8px}.card-notice{background:#fff;border-radius:10px;padding:14px 16px 0;width:300px;max-width:100%;box-shadow:0 0 0 .5px rgba(0,0,0,.06)}
.card-notice strong{font-weight:600;font-size:16px}.card-notice p{white-space:pre-line;color:#4b5650;margin:6px 0 4px;font-size:14px}.card-row{display:flex;gap:12px;font-size:14px;padding:3px 0}.card-row span{color:#8a918d;min-width:64px}.card-row b{font-weight:400}
.card-more{display:flex;justify-content:space-between;align-items:center;width:100%;border-top:.5px solid #ececec;margin-top:10px;padding:10px 0;font-size:14px;color:#4b5650}.card-notice>:last-child:not(.card-more){padding-bottom:14px}
.bubble{padding:9px 12px;border-radius:8px;background:#fff;white-space:pre-wrap;overflow-wrap:anywhere;font-size:16px;line-height:1.45;max-width:250px}
`;
