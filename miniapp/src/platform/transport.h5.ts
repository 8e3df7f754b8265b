import { fetchTransport } from '@shuke/shared/api';

export const transport = fetchTransport();
