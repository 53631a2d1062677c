import { createContext, use } from 'react'
import type { TopicOffer } from '../../../../shared/feature/parts.ts'

const TopicOffers = createContext<readonly TopicOffer[]>([])

/** What other features offer to subscribe to, for all that is below. */
export const TopicOffersProvider = TopicOffers

export const useTopicOffers = (): readonly TopicOffer[] => use(TopicOffers)
