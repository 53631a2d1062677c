// Evaluated in the page that is measured: frames, long tasks, input delay, and how old the newest message on screen is.
// The console's own class names are what is looked for unless `benchSelectors` says others before.
;(() => {
  const { rows, counters, isOfFewTopics } = {
    rows: '.td-row',
    counters: '.td-counters',
    isOfFewTopics: false,
    ...globalThis.benchSelectors,
  }
  // Where only some topics are on screen, their newest message is old because there is no newer one. Looked at with
  // each frame, a message counts once there, when it is first seen.
  const AGE_EVERY_MS = isOfFewTopics ? 0 : 100
  // Each as [ms since the start, value].
  let gaps = []
  let inputs = []
  let ages = []
  let tasks = []
  let isOn = false
  let startedAtMs = 0
  let stoppedAtMs = 0
  let lastFrameMs = 0
  let lastAgeMs = 0
  let lastNewest = 0

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
    for (const row of document.querySelectorAll(rows)) {
      for (const [, digits] of row.textContent.matchAll(/"t": ?(\d{13})/g)) newest = Math.max(newest, Number(digits))
    }
    return newest
  }
  const sinceStartMs = () => performance.now() - startedAtMs
  const frame = (nowMs) => {
    if (!isOn) return
    if (lastFrameMs > 0) gaps.push([nowMs - startedAtMs, nowMs - lastFrameMs])
    lastFrameMs = nowMs
    if (nowMs - lastAgeMs >= AGE_EVERY_MS) {
      lastAgeMs = nowMs
      const newest = newestOnScreen()
      // What was there at the first look has been there for nobody knows how long.
      const isCounted = newest > 0 && !(isOfFewTopics && (lastNewest === 0 || newest === lastNewest))
      if (isCounted) ages.push([nowMs - startedAtMs, Date.now() - newest])
      lastNewest = newest
    }
    requestAnimationFrame(frame)
  }
  const onInput = (event) => {
    if (isOn) inputs.push([sinceStartMs(), performance.now() - event.timeStamp])
  }
  addEventListener('mousemove', onInput, { capture: true })
  addEventListener('keydown', onInput, { capture: true })
  const addTasks = (entries) => {
    if (!isOn) return
    for (const { startTime, duration } of entries) tasks.push([startTime + duration - startedAtMs, duration])
  }
  const observer = new PerformanceObserver((list) => addTasks(list.getEntries()))
  observer.observe({ type: 'longtask' })

  globalThis.bench = {
    start() {
      gaps = []
      inputs = []
      ages = []
      tasks = []
      startedAtMs = performance.now()
      lastFrameMs = 0
      isOn = true
      requestAnimationFrame(frame)
    },
    stop() {
      // A page that is overrun comes to this before it comes to a frame or to its list of tasks.
      stoppedAtMs = sinceStartMs()
      if (lastFrameMs > 0) gaps.push([stoppedAtMs, performance.now() - lastFrameMs])
      addTasks(observer.takeRecords())
      isOn = false
    },
    /** The figures of a part of the time, in ms since the start; of all of it by default. */
    figures(fromMs = 0, toMs = Number.POSITIVE_INFINITY) {
      const within = (entries) => entries.filter(([atMs]) => atMs >= fromMs && atMs <= toMs).map(([, value]) => value)
      const [someGaps, someInputs, someAges, someTasks] = [gaps, inputs, ages, tasks].map(within)
      return {
        seconds: (Math.min(toMs, isOn ? sinceStartMs() : stoppedAtMs) - fromMs) / 1_000,
        frames: someGaps.length,
        p95GapMs: percentile(someGaps, 0.95),
        p95GapByTimeMs: percentileByTime(someGaps, 0.95),
        maxGapMs: Math.max(0, ...someGaps),
        inputP95Ms: percentile(someInputs, 0.95),
        inputMaxMs: Math.max(0, ...someInputs),
        longTasks: someTasks.length,
        longestTaskMs: Math.max(0, ...someTasks),
        ageP95Ms: percentile(someAges, 0.95),
        ages: someAges.length,
      }
    },
    /** What the line of counters says; 0 where it says nothing of it. */
    counters() {
      const text = document.querySelector(counters)?.textContent ?? ''
      const number = (words) =>
        Number((new RegExp(`${words}\\s*([\\d.,\\s\u202f]+)`).exec(text)?.[1] ?? '0').replace(/\D/g, ''))
      return { received: number('received'), kept: number('kept'), agedOut: number('aged out') }
    },
  }
})()
