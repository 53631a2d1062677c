import { useAssembly } from '../assembly-context.ts'

/** What the palette is for: `Search things, topics, pages and actions`. */
export function usePaletteLabel(): string {
  const found = useAssembly().searches.map(({ group }) => group.toLowerCase())
  return `Search ${[...found, 'pages'].join(', ')} and actions`
}
