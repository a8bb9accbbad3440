/**
 * The ref of what comes into a panel after it was opened: what is marked `data-autofocus` gets the focus then. What is
 * there at once gets it from the panel's own trap, which looks only once.
 */
export function focusFirst(arrived: HTMLElement | null): void {
  arrived?.querySelector<HTMLElement>('[data-autofocus]')?.focus({ preventScroll: true })
}
