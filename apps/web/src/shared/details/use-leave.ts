import { useRouter } from '@tanstack/react-router'

/**
 * Leads from the page of what is gone, which would say so, to the list of its kind; whoever went elsewhere meanwhile stays
 * there.
 */
export function useLeave(page: string, list: string): () => void {
  const { history } = useRouter()
  return () => {
    if (history.location.pathname === page) history.push(list)
  }
}
