// All that the main process tells, in German: the catalogues of the subjects in one. A test holds them against the sources.
import type { Catalogue } from '../told';
import { incidentTold } from './incident-told';
import { sessionTold } from './session-told';
import { shellTold } from './shell-told';

export const germanTold: Catalogue = new Map(Object.entries({ ...sessionTold, ...shellTold, ...incidentTold }));
