--
-- PostgreSQL database dump
--

\restrict h6qZi85QhgUnbLHpVa5HkKygRHBURVpE8b6EHEJG7mCsf2cqxK3cfkonRgIt04D

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: people; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.people (
    id integer NOT NULL,
    a_number character varying(200),
    last_name character varying(200),
    first_name character varying(200),
    born date,
    citizenship character varying(200),
    email character varying(200),
    facility character varying(200),
    status character varying(200)
);


ALTER TABLE public.people OWNER TO postgres;

--
-- Data for Name: people; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.people (id, a_number, last_name, first_name, born, citizenship, email, facility, status) FROM stdin;
1	A229834827	O'Brien	Mulugeta	1974-01-04	Djibouti	mulugeta_hagos415@mail.example.com	Lake Arden Holding Center	Interview held
2	A241674031	Back\\slash	Mukesh	1949-10-04	India	bajwam9275@example.net	Pine Hollow Service Center	Withdrawn
3	A221703835	Nghiêm	Thị Hồng	1999-05-29	Burma		Two\nlines	Appeal pending
4	A220453938	Delcid Reyes	Óscar	1956-11-06	Mexico		Tab\there	Transferred
5	A225705024	Osorio	William Eddy	1957-08-12	Peru	william.osorio926@post.example.com	He said "no"; (maybe), 'yes'	Released on parole
6	A236144573	Osorio	Zoë	1949-02-22	Peru		Pine Hollow Service Center	Transferred
7	A235498574	Jean-Louis	Pierre	1981-10-28	Haiti		C:\\	Appeal pending
8	A242916933	Gutiérrez Castillo	Teolinda	1956-12-22	Peru		-- no comment	Appeal pending
9	A228887367	Wu	Анна	1997-12-24	China	jianjun.wu5545@inbox.example.org	Fort Ellery Contract Facility	Appeal pending
10	A211620935	Kebede Assefa	Rahel	1990-03-26	Ethiopia		Harlow County Jail	Released on parole
11	A215199968	Tang	Ziyi	1972-11-16	China		Northfield County Detention	Transferred
12	A228156158	Díaz	Kevin Francisco	1988-12-26	El Salvador		Gulf Bend Residential Center	Transferred
13	A208115430	Fall	Odile	1996-05-04	Senegal	odile_fall134@mail.example.com	Harlow County Jail	Review by judge
14	A212102706	Us	César Teresa	1998-08-04	El Salvador		Pine Hollow Service Center	Released on parole
15	A249116309	Ramos da Silva	João Diego	1955-01-09	Brazil	ramosj9345@mail.example.com	Willow Bayou Detention Center	Pending interview
16	A239390934	Karimi	Laila Hamidullah	1977-01-01	Afghanistan		Pine Hollow Service Center	Released on parole
17	A232986919	Akhtar	Usman Rukhsana	1967-09-09	Bangladesh	usmanakhtar8776@example.org	Stony Ford Correctional Facility	Credible fear not found
18	A219880507	Fu	Wei	1951-08-26	China		Stony Ford Correctional Facility	Credible fear found
19	A204206427	Gonçalves Soares	Roberto Marcelo	1992-09-13	Portugal		Harlow County Jail	Pending interview
20	A239465149	Costa Torres	João Raimundo	1953-02-15	Portugal		Willow Bayou Detention Center	Transferred
21	A213242017	Guardado Tiul	Ramón Edwin	1954-01-25	Honduras		Palo Seco Staging Facility	Review by judge
22	A210272041	Marín Vargas	Yeferson Sebastián	1992-04-03	Dominican Republic	yefersonmarin1851@example.net	Cedar Ridge Processing Center	Review by judge
23	A238443678	Okafor	Kelechi	1955-02-13	Liberia		Fort Ellery Contract Facility	Pending interview
24	A240270647	Paredes	Argenis	1954-05-11	Peru		Cedar Ridge Processing Center	Pending interview
25	A200562136	Qaderi	Leila	1952-02-10	Iran		Fort Ellery Contract Facility	Interview held
26	A207445834	Rojas	Freddy	2002-11-26	Venezuela		Harlow County Jail	Released on parole
27	A208564997	Flores Alarcón	Carlos Freddy	1963-05-16	Colombia	carlos_flores5871@mail.example.com	Blue Mesa Detention Center	Credible fear not found
28	A236923018	Pereira	João	1978-01-03	Angola		Fort Ellery Contract Facility	Hearing scheduled
29	A237695873	Pereira	Sandra João	1956-08-20	Angola	sandra.pereira594@post.example.com	Fort Ellery Contract Facility	Pending interview
30	A207007292	Girmay	Bashir	1979-04-30	Somalia		Gulf Bend Residential Center	Released on parole
31	A243905370	Smirnov	Natalia	1963-08-20	Russia		Stony Ford Correctional Facility	Hearing scheduled
32	A222751315	Al-Masri	Anas	1960-11-25	Sudan		Fort Ellery Contract Facility	Pending interview
33	A240915949	Shengelia	Levan	1997-03-22	Georgia		Lake Arden Holding Center	Hearing scheduled
34	A249013571	Yimer Tadesse	Muna Girma	1970-01-18	Eritrea	muna_yimer5573@example.net	Pine Hollow Service Center	Appeal pending
35	A229204973	Cao	Jing	1952-08-14	China	jingcao5828@example.org	Blue Mesa Detention Center	Interview held
36	A233862921	Vieira Cruz	Amanda Pedro	1974-06-11	Portugal	amandavieira633@post.example.com	Pine Hollow Service Center	Appeal pending
37	A202529546	Khalifa	Omar	1959-04-28	Morocco	omarkhalifa1803@example.net	Pine Hollow Service Center	Transferred
38	A213793345	Petrov	Vladimir	1972-03-02	Kyrgyzstan		Lake Arden Holding Center	Pending interview
39	A227624137	Ramírez Flores	Eugenio	1972-05-07	El Salvador	eugenio.ramirez8859@example.org	Northfield County Detention	Interview held
40	A208920008	Guzmán Suárez	Miguel María	1981-04-28	Mexico	miguel.guzman3183@mail.example.com	Dry Creek Processing Center	Interview held
41	A221521030	Otim	Rebecca David	1955-10-06	Burundi		Northfield County Detention	Withdrawn
42	A205881001	Balogun	Ama Oluwaseun	1999-03-15	Nigeria	baloguna5165@inbox.example.org	Stony Ford Correctional Facility	Review by judge
43	A227310682	Smirnov	Pavel	1985-09-30	Moldova		Stony Ford Correctional Facility	Credible fear not found
44	A206372432	Tesfaye	Bekele	1962-04-17	Ethiopia		Dry Creek Processing Center	Credible fear not found
45	A247375612	Tesfaye	Daniel	1963-10-13	Ethiopia		Dry Creek Processing Center	Appeal pending
46	A201642365	Marín	Mariángel	1978-07-19	Ecuador	mariangel_marin3830@inbox.example.org	Willow Bayou Detention Center	Credible fear not found
47	A243198845	Urbina González	Claudia	1950-09-06	Mexico		Dry Creek Processing Center	Appeal pending
48	A219586368	Dorsainvil	Ludovic	1968-07-11	Haiti		Pine Hollow Service Center	Withdrawn
49	A223058214	Choc Ramos	Walter	2001-11-06	Guatemala	walter.choc4084@example.net	Blue Mesa Detention Center	Hearing scheduled
50	A217958283	Torres Moreno	Oriana Brayan	1989-06-04	Peru		Pine Hollow Service Center	Withdrawn
\.


--
-- Name: people people_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (id);


--
-- PostgreSQL database dump complete
--

\unrestrict h6qZi85QhgUnbLHpVa5HkKygRHBURVpE8b6EHEJG7mCsf2cqxK3cfkonRgIt04D

