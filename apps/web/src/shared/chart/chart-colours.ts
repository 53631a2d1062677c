import './series.css'
import { useEffect, useState } from 'react'

/** Colours as a canvas takes them: what the style sheet's variables mean in the present mode. */
export interface ChartColours {
  readonly text: string
  readonly line: string
  readonly surface: string
  /** Of what somebody should look at. */
  readonly alert: string
  readonly series: readonly string[]
}

const SERIES = 8

function readColours(): ChartColours {
  // A custom property is only a text; as the colour of an element it is computed.
  const probe = document.createElement('span')
  document.body.append(probe)
  const colour = (value: string) => {
    probe.style.color = value
    return getComputedStyle(probe).color
  }
  const colours = {
    text: colour('var(--td-text-weak)'),
    line: colour('var(--td-line)'),
    surface: colour('var(--td-surface)'),
    alert: colour('var(--td-error)'),
    series: Array.from({ length: SERIES }, (_, index) => {
      probe.dataset.series = String(index)
      return colour('var(--td-series)')
    }),
  }
  probe.remove()
  return colours
}

/** The colours of now, and again when light and dark change. */
export function useChartColours(): ChartColours {
  const [colours, setColours] = useState(readColours)
  useEffect(() => {
    const observer = new MutationObserver(() => setColours(readColours()))
    observer.observe(document.body, { attributes: true, attributeFilter: ['class'] })
    return () => observer.disconnect()
  }, [])
  return colours
}

/** What tells series apart besides the colour. Lengths in CSS pixels, as a canvas takes them; none is a full line. */
export const DASHES: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3]]

/** `rgb(1, 2, 3)` → the same, of which only a part covers what is behind. */
export function translucent(colour: string, share: number): string {
  const [red, green, blue] = colour.match(/[\d.]+/g) ?? []
  return red === undefined ? colour : `rgba(${red}, ${green}, ${blue}, ${share})`
}
