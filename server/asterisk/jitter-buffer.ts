/** How speech that comes unevenly is evened out: at most 200 ms are kept, it starts anew after a leap of 1 000 ms, and 40 ms are aimed at (Asterisk's JITTERBUFFER, adaptive). */
export const EVENED_OUT = '200,1000,40'
