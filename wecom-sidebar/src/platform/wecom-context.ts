import { createContext, useContext } from 'react';
import { type WecomClient, wecomClient } from './wecom';

/** The client as the screens see it; tests put their own here. */
export const WecomContext = createContext<WecomClient>(wecomClient);
export const useWecom = (): WecomClient => useContext(WecomContext);
