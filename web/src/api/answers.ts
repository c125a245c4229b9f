// Short names for the answers that pages speak of; what they hold stands in the OpenAPI document. Texts arrive in the asked language.
import type { Schemas } from './addresses.ts';

export type PersonName = Schemas['PersonName'];
export type RecordName = Schemas['RecordName'];
export type ItemHead = Schemas['ItemHead'];
export type ApiSheetItem = Schemas['SheetItem'];
export type ApiSheet = Schemas['Sheet'];
export type ApiArea = Schemas['SheetArea'];
export type ApiSeries = Schemas['Series'];
export type CreateRecord = Schemas['CreateRecord'];
export type ApiRow = Schemas['CheckRow'];
export type ApiCheck = Schemas['ItemCheck'];
export type ApiItemDetail = Schemas['ItemDetail'];
export type ApiItemHistory = Schemas['ItemHistory'];
export type ApiTask = Schemas['Task'];
export type ApiForecast = Schemas['Forecast'];
export type ApiMe = Schemas['Me'];
export type ApiEntry = Schemas['EntryPage']['entries'][number];
export type ApiReceipt = Schemas['Receipt'];
