import { vi } from 'vitest'

// Files of one worker share its libraries: to load them anew costs more than most files' tests. What is ours is each
// file's own: its modules with all that they keep, the clock, and the globals.
vi.resetModules()
vi.useRealTimers()
vi.unstubAllGlobals()
vi.unstubAllEnvs()
vi.restoreAllMocks()
