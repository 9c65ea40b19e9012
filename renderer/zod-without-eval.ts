// Tells zod not to compile its schemas with `new Function`, which the page's security policy forbids. Imported before any schema.
import { config } from 'zod';

config({ jitless: true });
