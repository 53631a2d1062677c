import './session-bar.css'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import { type RefObject, useLayoutEffect, useRef } from 'react'
import { paths } from '../../shared/paths.ts'
import type { SessionState } from '../../shared/session/session-state.ts'
import { releaseAllWork, unsavedWork } from '../../shared/unsaved/unsaved-work.ts'

interface SessionBarProps {
  readonly state: Exclude<SessionState, 'active'>
  /** Whose page this is. */
  readonly owner: string
  /** Who signed in since. */
  readonly other?: string | undefined
}

/** Over a page whose person is not signed in any more: what it shows stays readable, and how to go on. */
export function SessionBar({ state, owner, other = 'somebody else' }: SessionBarProps) {
  const hasEnded = state === 'ended'
  const bar = useRef<HTMLElement>(null)
  useRoomBelow(bar)
  return (
    <section ref={bar} className="td-session-bar" aria-label="Session" role="alert">
      <div className="td-session-bar-inner">
        <div className="td-session-bar-words">
          <Box variant="strong">{hasEnded ? `${owner} is signed out` : `${other} signed in in this browser`}</Box>
          <Box color="text-body-secondary">
            {hasEnded
              ? 'What this page shows stays readable. Nothing new is received, and nothing can be changed, until you sign in again.'
              : `This page is still ${owner}'s: nothing is received or changed any more. ${lostWords(unsavedWork())}`}
          </Box>
        </div>
        {hasEnded ? (
          <Button variant="primary" iconName="external" iconAlign="right" onClick={signInBeside}>
            Sign in again
          </Button>
        ) : (
          <Button variant="primary" onClick={startAnew}>
            {`Start anew as ${other}`}
          </Button>
        )}
      </div>
    </section>
  )
}

/** The page ends above the bar, so that everything on it can be scrolled to and seen. */
function useRoomBelow(bar: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const { style } = document.body
    const fit = () => {
      style.paddingBlockEnd = `${bar.current?.offsetHeight ?? 0}px`
    }
    fit()
    addEventListener('resize', fit)
    return () => {
      removeEventListener('resize', fit)
      style.paddingBlockEnd = ''
    }
  }, [bar])
}

const lostWords = (lost: readonly string[]): string =>
  lost.length === 0 ? '' : `Starting anew loses ${lost.join(' and ')}: save it first if it is to be kept.`

/** In a tab of its own: leaving this one would lose what it shows. */
function signInBeside(): void {
  open(paths.signIn(paths.signedInBeside()), '_blank')
}

function startAnew(): void {
  releaseAllWork()
  location.reload()
}
