/** What a template made in Word may hold and the PDF made from it does not show. */
export const NOT_SHOWN = ['header', 'footer', 'numbering', 'shape', 'columns', 'footnote'] as const
export type NotShown = (typeof NOT_SHOWN)[number]
