import MiniSearch from 'minisearch'
import { type Found, SEARCH_OPTIONS } from '../search-options.ts'

/** The console keeps its choice of a theme under this key, as JSON; without one, the system's holds. */
const THEME_KEY = 'thingdeck.theme'
const MOST_FOUND = 12

function applyTheme(): void {
  try {
    const theme: unknown = JSON.parse(localStorage.getItem(THEME_KEY) ?? 'null')
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  } catch {
    // A browser that keeps nothing, or a value that is not ours: the system's theme.
  }
}

let index: Promise<MiniSearch<Found>> | undefined

/** Fetched when somebody begins to search, and once. */
function loadIndex(): Promise<MiniSearch<Found>> {
  index ??= fetch('/docs/search.json')
    .then((response) => {
      if (!response.ok) throw new Error(`the server answered ${response.status}`)
      return response.text()
    })
    .then((text) => MiniSearch.loadJSON<Found>(text, SEARCH_OPTIONS))
  index.catch(() => {
    index = undefined // the next letter tries again
  })
  return index
}

function foundItem({ address, page, title }: Found): HTMLElement {
  const item = document.createElement('a')
  item.href = address
  const name = document.createElement('strong')
  name.textContent = title
  item.append(name)
  if (page !== title) item.append(` – ${page}`)
  return item
}

function note(text: string): HTMLElement {
  const element = document.createElement('p')
  element.textContent = text
  return element
}

async function find(text: string): Promise<HTMLElement[]> {
  try {
    // The library tells of what it found as of anything: the index was made with these members.
    const found = (await loadIndex()).search(text).slice(0, MOST_FOUND) as unknown as Found[]
    return found.length > 0 ? found.map(foundItem) : [note(`Nothing is found for “${text}”.`)]
  } catch (error) {
    return [note(`The search could not be loaded: ${(error as Error).message}.`)]
  }
}

function startSearch(field: HTMLInputElement, list: HTMLElement): void {
  field.hidden = false
  const show = async () => {
    const text = field.value.trim()
    const items = text === '' ? [] : await find(text)
    if (field.value.trim() !== text) return // something else was typed meanwhile
    list.replaceChildren(...items)
    list.hidden = items.length === 0
  }
  field.addEventListener('input', () => void show())
  const links = () => [...list.querySelectorAll('a')]
  const step = (by: number) => {
    const stops: HTMLElement[] = [field, ...links()]
    const at = stops.indexOf(document.activeElement as HTMLElement)
    stops.at((at + by) % stops.length)?.focus()
  }
  field.closest('search')?.addEventListener('keydown', (event) => {
    if (!(event instanceof KeyboardEvent)) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      step(event.key === 'ArrowDown' ? 1 : -1)
    } else if (event.key === 'Enter' && document.activeElement === field) links()[0]?.click()
    else if (event.key === 'Escape') {
      field.value = ''
      list.hidden = true
      field.focus()
    }
  })
  // A link within the page loads nothing: what was found would stay over it.
  list.addEventListener('click', () => {
    list.hidden = true
  })
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.target instanceof HTMLInputElement) return
    event.preventDefault()
    field.focus()
  })
}

const COPY = 'Copy'
const TOLD_FOR_MS = 2_000

/** What stands in a block is copied as it stands; without a clipboard, as over plain HTTP, nothing is offered. */
function offerCopies(): void {
  if (!navigator.clipboard) return
  for (const block of document.querySelectorAll('main pre')) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'copy'
    button.textContent = COPY
    button.setAttribute('aria-live', 'polite')
    const tell = (text: string) => {
      button.textContent = text
      setTimeout(() => {
        button.textContent = COPY
      }, TOLD_FOR_MS)
    }
    button.addEventListener('click', () => {
      navigator.clipboard.writeText(block.textContent).then(
        () => tell('Copied'),
        () => tell('Not copied'),
      )
    })
    const frame = document.createElement('div')
    frame.className = 'block'
    block.replaceWith(frame)
    frame.append(block, button)
  }
}

applyTheme()
offerCopies()
const field = document.querySelector<HTMLInputElement>('#search')
const list = document.querySelector<HTMLElement>('#found')
if (field && list) startSearch(field, list)
