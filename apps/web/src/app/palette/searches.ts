import { CONSOLE } from '../features.ts'

/** What the palette is for: `Search things, topics, pages and actions`. */
export const SEARCHES = `Search ${[...CONSOLE.searches.map(({ group }) => group.toLowerCase()), 'pages'].join(', ')} and actions`
