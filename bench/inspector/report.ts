import type { Figures, Result } from './measure.ts'

export const NAME_WIDTH = 28
const ms = (value: number) => value.toFixed(0).padStart(5)
const percent = (share: number) => `${(share * 100).toFixed(0)}%`.padStart(4)
const count = (value: number) => String(value).padStart(7)

/** `busy`: of all processors; `others`: that of it which was not of this benchmark. */
export const HEADINGS = `${''.padEnd(NAME_WIDTH)}    sent received    kept | ${figureHeadings()} | busy others`

export function figureHeadings(): string {
  return 'frames/s gap95 by time  max | input95  max | long  max | age95 |   MB'
}

/** A line under {@link HEADINGS}. */
export function row(name: string, result: Result): string {
  const { sent, received, kept, rendererMb, machineShare, othersShare } = result
  const counts = `${count(sent)}  ${count(received)} ${count(kept)}`
  return `${name.padEnd(NAME_WIDTH)} ${counts} | ${figures(result, rendererMb)} | ${percent(machineShare)}  ${percent(othersShare)}`
}

/** The columns under {@link figureHeadings}. */
export function figures(of: Figures, rendererMb: number): string {
  return [
    `${(of.frames / of.seconds).toFixed(0).padStart(8)} ${ms(of.p95GapMs)}   ${ms(of.p95GapByTimeMs)}${ms(of.maxGapMs)} |`,
    `  ${ms(of.inputP95Ms)}${ms(of.inputMaxMs)} | ${String(of.longTasks).padStart(4)}${ms(of.longestTaskMs)} |`,
    `${of.ages === 0 ? '    —' : ms(of.ageP95Ms)} | ${rendererMb.toFixed(0).padStart(4)}`,
  ].join(' ')
}

/** How a result stands to the floor. */
export function ratios(name: string, result: Result, control: Result): string {
  return [
    name.padEnd(NAME_WIDTH),
    `gap95 ×${times(result.p95GapMs, control.p95GapMs)}`,
    `by time ×${times(result.p95GapByTimeMs, control.p95GapByTimeMs)}`,
    `memory ×${times(result.rendererMb, control.rendererMb)}`,
    `accounted ${((100 * result.received) / result.sent).toFixed(2)} %`,
  ].join('   ')
}

export const times = (value: number, floor: number) => (value / floor).toFixed(2).padStart(6)
