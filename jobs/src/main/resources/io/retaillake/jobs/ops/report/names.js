// Names of the data in the language of the page.

const latinNames = new Map(sections.latinNames.map((row) => [row.name, row.latin]));
const provinceNames = new Map(sections.placeNames.map((row) => [row.province_city, row.province_city_eng]));
const placeNames = new Map(sections.placeNames.map((row) => [JSON.stringify([row.province_city, row.city_county]), row.city_county_eng]));

const known = (value) => (value === null ? t.unknown : value);
/** A category or product: in Latin letters for who reads English. */
const nameOf = (name) => (name === null ? t.unknown : (state.language === 'en' && latinNames.get(name)) || name);
const provinceName = (province) => (province === null ? t.unknown : (state.language === 'en' && provinceNames.get(province)) || province);
const cityName = (province, city) => (city === null ? provinceName(province)
  : (state.language === 'en' && placeNames.get(JSON.stringify([province, city]))) || city);
const chosenName = () => (state.affiliate === null ? t.group : t.affiliate(state.affiliate));
const measureName = () => t[state.measure];
