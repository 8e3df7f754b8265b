import { Type } from '@sinclair/typebox';
import { Exact, IdParam, IdText, Instant, Nullable, OneOf, Text } from './fields.js';
import { DeviceNo, PosDevice } from './pos.js';
import { route } from './route.js';

const DeviceDetail = Type.Object({
  device: PosDevice,
  connectorName: Type.String(),
  /** Numbers that never came, the first hundred. */
  missing: Type.Array(Type.Integer()),
  /** Acts that wait for another one, were refused, or (KEPT) left a payment that could not go back, newest first. */
  problems: Type.Array(
    Type.Object({
      sequence: Type.Integer(),
      kind: OneOf(['SALE', 'RETURN', 'VOID', 'COUPON', 'POINTS', 'WALLET']),
      externalNo: Nullable(Type.String()),
      state: OneOf(['WAITING', 'REFUSED', 'KEPT']),
      text: Type.String(),
      happenedAt: Instant,
    }),
  ),
});

const UndoMinutes = Type.Integer({
  minimum: 0,
  maximum: 120,
  description: 'how long a guide may undo alone: coupons taken in, payments from the wallet, hand-overs',
});

/** Tills at the desks: how they are, and who may be one. */
export const consoleTillRoutes = {
  counterRules: route('console.counterRules', 'console', 'GET /api/c/counter-rules', 'What holds at every counter', {
    response: Type.Object({ undoMinutes: UndoMinutes }),
  }),
  setCounterRules: route('console.setCounterRules', 'hq', 'PUT /api/c/counter-rules', 'Change it for all stores', {
    body: Exact({ undoMinutes: UndoMinutes }),
    response: Type.Object({ undoMinutes: UndoMinutes }),
  }),
  posDevices: route(
    'console.posDevices',
    'console',
    'GET /api/c/pos-devices',
    'Tills of my stores with their delay and health',
    { response: Type.Array(PosDevice) },
  ),
  posDevice: route(
    'console.posDevice',
    'console',
    'GET /api/c/pos-devices/{id}',
    'One till, what it still owes and what was not booked',
    { params: IdParam, response: DeviceDetail },
  ),
  posConnectors: route('console.posConnectors', 'hq', 'GET /api/c/pos-connectors', 'The systems that tills belong to', {
    response: Type.Array(Type.Object({ id: IdText, name: Type.String() })),
  }),
  registerPosDevice: route(
    'console.registerPosDevice',
    'hq',
    'POST /api/c/pos-devices',
    'Register a till, or give a stopped one a new key',
    {
      body: Exact({
        connectorId: IdText,
        storeId: IdText,
        deviceNo: DeviceNo,
        name: Text(40, 1),
        publicKey: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', description: 'Ed25519, 32 bytes in base64url' }),
      }),
      response: DeviceDetail,
    },
  ),
  stopPosDevice: route(
    'console.stopPosDevice',
    'hq',
    'POST /api/c/pos-devices/{id}/stop',
    'Refuse whatever this till sends from now on; what it reported stays',
    { params: IdParam, response: DeviceDetail },
  ),
} as const;
