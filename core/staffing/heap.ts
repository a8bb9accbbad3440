/** A binary heap: the first item by an order is found at once, adding and taking one costs the logarithm of their number. */
export class Heap<Item> {
  readonly #items: Item[] = []
  readonly #isBefore: (a: Item, b: Item) => boolean

  constructor(isBefore: (a: Item, b: Item) => boolean) {
    this.#isBefore = isBefore
  }

  first(): Item | undefined {
    return this.#items[0]
  }

  add(item: Item): void {
    const items = this.#items
    let place = items.push(item) - 1
    while (place > 0) {
      const above = (place - 1) >>> 1
      const parent = items[above] as Item
      if (!this.#isBefore(item, parent)) break
      items[place] = parent
      place = above
    }
    items[place] = item
  }

  take(): Item | undefined {
    const items = this.#items
    const first = items[0]
    const last = items.pop()
    if (last !== undefined && items.length > 0) this.#sink(last)
    return first
  }

  /** Puts an item in the empty first place and lets it down to where it belongs. */
  #sink(item: Item): void {
    const items = this.#items
    let place = 0
    for (;;) {
      const left = 2 * place + 1
      const right = left + 1
      if (left >= items.length) break
      const isRight = right < items.length && this.#isBefore(items[right] as Item, items[left] as Item)
      const child = items[isRight ? right : left] as Item
      if (!this.#isBefore(child, item)) break
      items[place] = child
      place = isRight ? right : left
    }
    items[place] = item
  }
}
