import { createMemoryHistory } from '@tanstack/react-router'
import { cleanup, render } from '@testing-library/react'
import { onTestFinished, vi } from 'vitest'
import { App } from '../src/app/app.tsx'
import type { Feature } from '../src/shared/feature/feature.ts'
import { fakeApi, type Routes } from './fake-api.ts'
import { fakeWorker } from './fake-worker.ts'
import { lendWhatJsdomLacks } from './lend-what-jsdom-lacks.ts'
import './testing-library.ts'

/** The whole console at `path`, for the length of a test; with other features than its own where they are given. */
export function openApp(path: string, routes: Routes, features?: readonly Feature[]) {
  onTestFinished(cleanup)
  localStorage.clear()
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener() {}, removeEventListener() {} }))
  vi.stubGlobal('scrollTo', () => {})
  lendWhatJsdomLacks()
  const worker = fakeWorker()
  const asked = fakeApi(routes)
  const history = createMemoryHistory({ initialEntries: [path] })
  render(<App history={history} {...(features && { features })} />)
  return { history, asked, worker }
}
