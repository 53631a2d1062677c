import { useEffect, useState } from 'react'
import { serverClock, serverNow } from './clock/server-clock.ts'

const UNITS = [
  [60, 1, 's'],
  [3_600, 60, 'min'],
  [86_400, 3_600, 'h'],
  [Number.POSITIVE_INFINITY, 86_400, 'd'],
] as const

/** `12 s`, `3 min`, `5 h`, `2 d`: how long, in the largest unit that it fills. */
export function formatSpan(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000))
  for (const [below, divisor, unit] of UNITS) {
    if (seconds < below) return `${Math.floor(seconds / divisor)} ${unit}`
  }
  return ''
}

/** `12 s ago`; `now` within two seconds, so that clocks a little apart do not speak of the future. */
export function formatAge(atMs: number, nowMs: number): string {
  return nowMs - atMs < 2_000 ? 'now' : `${formatSpan(nowMs - atMs)} ago`
}

const two = (number: number) => String(number).padStart(2, '0')

/** Local time of day with milliseconds, `12:04:07.113`. */
export function formatTimeOfDay(atMs: number): string {
  const date = new Date(atMs)
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
  return `${time}.${String(date.getMilliseconds()).padStart(3, '0')}`
}

/** Local date and time with the offset, `2026-03-09 12:04:07 +01:00`. */
export function formatDateTime(atMs: number): string {
  const date = new Date(atMs)
  const offset = -date.getTimezoneOffset()
  const sign = offset < 0 ? '-' : '+'
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
  return `${day} ${time} ${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`
}

/** The time by the server's clock (epoch ms), again every `everyMs` and when the clock turns out to have been wrong. */
export function useNow(everyMs = 1_000): number {
  const [nowMs, setNowMs] = useState(serverNow)
  useEffect(() => {
    const update = () => setNowMs(serverNow())
    const timer = setInterval(update, everyMs)
    const stopListening = serverClock.onCorrected(update)
    return () => {
      clearInterval(timer)
      stopListening()
    }
  }, [everyMs])
  return nowMs
}

/** An age that goes on by itself; the moment itself on hover. Where it stands in what is announced, it is not said anew. */
export function Age({ atMs }: { readonly atMs: number }) {
  const nowMs = useNow()
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatDateTime(atMs)} aria-live="off">
      {formatAge(atMs, nowMs)}
    </time>
  )
}
