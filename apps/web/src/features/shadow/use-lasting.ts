import { useEffect, useState } from 'react'

/** Whether `condition` has been true for so long; false at once when it ends. */
export function useLasting(condition: boolean, forMs: number): boolean {
  const [isLasting, setLasting] = useState(false)
  useEffect(() => {
    if (!condition) return
    const timer = setTimeout(() => setLasting(true), forMs)
    return () => {
      clearTimeout(timer)
      setLasting(false)
    }
  }, [condition, forMs])
  return condition && isLasting
}
