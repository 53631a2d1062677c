// Evaluated in the page that is measured: frames, long tasks, input delay, and how old the newest message on screen is.
;(() => {
  const AGE_EVERY_MS = 100
  let gaps = []
  let inputs = []
  let ages = []
  let tasks = []
  let isOn = false
  let lastFrameMs = 0
  let lastAgeMs = 0

  const percentile = (values, share) => {
    const sorted = values.toSorted((a, b) => a - b)
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  }
  // Half a second without a frame counts as half a second, not as one frame among many.
  const percentileByTime = (values, share) => {
    const sorted = values.toSorted((a, b) => a - b)
    const total = sorted.reduce((sum, value) => sum + value, 0)
    let passed = 0
    for (const value of sorted) {
      passed += value
      if (passed >= total * share) return value
    }
    return 0
  }
  const newestOnScreen = () => {
    let newest = 0
    for (const row of document.querySelectorAll('.td-row')) {
      const at = Number(/"t": ?(\d{13})/.exec(row.textContent)?.[1] ?? 0)
      if (at > newest) newest = at
    }
    return newest
  }
  const frame = (nowMs) => {
    if (!isOn) return
    if (lastFrameMs > 0) gaps.push(nowMs - lastFrameMs)
    lastFrameMs = nowMs
    if (nowMs - lastAgeMs >= AGE_EVERY_MS) {
      lastAgeMs = nowMs
      const newest = newestOnScreen()
      if (newest > 0) ages.push(Date.now() - newest)
    }
    requestAnimationFrame(frame)
  }
  const onInput = (event) => {
    if (isOn) inputs.push(performance.now() - event.timeStamp)
  }
  addEventListener('mousemove', onInput, { capture: true })
  addEventListener('keydown', onInput, { capture: true })
  new PerformanceObserver((list) => {
    if (isOn) tasks.push(...list.getEntries().map(({ duration }) => duration))
  }).observe({ type: 'longtask' })

  globalThis.bench = {
    start() {
      gaps = []
      inputs = []
      ages = []
      tasks = []
      lastFrameMs = 0
      isOn = true
      requestAnimationFrame(frame)
    },
    stop() {
      isOn = false
      return {
        frames: gaps.length,
        p95GapMs: percentile(gaps, 0.95),
        p95GapByTimeMs: percentileByTime(gaps, 0.95),
        maxGapMs: Math.max(0, ...gaps),
        inputP95Ms: percentile(inputs, 0.95),
        inputMaxMs: Math.max(0, ...inputs),
        longTasks: tasks.length,
        longestTaskMs: Math.max(0, ...tasks),
        ageP95Ms: percentile(ages, 0.95),
        ages: ages.length,
      }
    },
    counters() {
      const text = document.querySelector('.td-counters')?.textContent ?? ''
      const number = (word) =>
        Number((new RegExp(`${word}\\s*([\\d.,\\s\u202f]+)`).exec(text)?.[1] ?? '0').replace(/\D/g, ''))
      return { received: number('received'), kept: number('kept') }
    },
  }
})()
