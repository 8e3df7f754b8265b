/// <reference types="@tarojs/taro" />
declare module '*.scss';
declare module '*.png';
/** Origin of the API without a trailing slash; empty where the page comes from the same origin. */
declare const SHUKE_API_ORIGIN: string;
