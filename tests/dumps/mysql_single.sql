/*M!999999\- enable the sandbox mode */ 
-- MariaDB dump 10.19  Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: d
-- ------------------------------------------------------
-- Server version	10.11.19-MariaDB-0+deb12u1

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET @OLD_CHARACTER_SET_RESULTS=@@CHARACTER_SET_RESULTS */;
/*!40101 SET @OLD_COLLATION_CONNECTION=@@COLLATION_CONNECTION */;
/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;
/*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0 */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
/*!40111 SET @OLD_SQL_NOTES=@@SQL_NOTES, SQL_NOTES=0 */;

--
-- Table structure for table `people`
--

DROP TABLE IF EXISTS `people`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `people` (
  `id` int(11) NOT NULL,
  `a_number` varchar(200) DEFAULT NULL,
  `last_name` varchar(200) DEFAULT NULL,
  `first_name` varchar(200) DEFAULT NULL,
  `born` date DEFAULT NULL,
  `citizenship` varchar(200) DEFAULT NULL,
  `email` varchar(200) DEFAULT NULL,
  `facility` varchar(200) DEFAULT NULL,
  `status` varchar(200) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;

--
-- Dumping data for table `people`
--

LOCK TABLES `people` WRITE;
/*!40000 ALTER TABLE `people` DISABLE KEYS */;
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (1,'A229834827','O\'Brien','Mulugeta','1974-01-04','Djibouti','mulugeta_hagos415@mail.example.com','Lake Arden Holding Center','Interview held');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (2,'A241674031','Back\\slash','Mukesh','1949-10-04','India','bajwam9275@example.net','Pine Hollow Service Center','Withdrawn');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (3,'A221703835','Nghiêm','Thị Hồng','1999-05-29','Burma','','Two\nlines','Appeal pending');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (4,'A220453938','Delcid Reyes','Óscar','1956-11-06','Mexico','','Tab	here','Transferred');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (5,'A225705024','Osorio','William Eddy','1957-08-12','Peru','william.osorio926@post.example.com','He said \"no\"; (maybe), \'yes\'','Released on parole');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (6,'A236144573','Osorio','Zoë','1949-02-22','Peru','','Pine Hollow Service Center','Transferred');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (7,'A235498574','Jean-Louis','Pierre','1981-10-28','Haiti','','C:\\','Appeal pending');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (8,'A242916933','Gutiérrez Castillo','Teolinda','1956-12-22','Peru','','-- no comment','Appeal pending');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (9,'A228887367','Wu','Анна','1997-12-24','China','jianjun.wu5545@inbox.example.org','Fort Ellery Contract Facility','Appeal pending');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (10,'A211620935','Kebede Assefa','Rahel','1990-03-26','Ethiopia','','Harlow County Jail','Released on parole');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (11,'A215199968','Tang','Ziyi','1972-11-16','China','','Northfield County Detention','Transferred');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (12,'A228156158','Díaz','Kevin Francisco','1988-12-26','El Salvador','','Gulf Bend Residential Center','Transferred');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (13,'A208115430','Fall','Odile','1996-05-04','Senegal','odile_fall134@mail.example.com','Harlow County Jail','Review by judge');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (14,'A212102706','Us','César Teresa','1998-08-04','El Salvador','','Pine Hollow Service Center','Released on parole');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (15,'A249116309','Ramos da Silva','João Diego','1955-01-09','Brazil','ramosj9345@mail.example.com','Willow Bayou Detention Center','Pending interview');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (16,'A239390934','Karimi','Laila Hamidullah','1977-01-01','Afghanistan','','Pine Hollow Service Center','Released on parole');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (17,'A232986919','Akhtar','Usman Rukhsana','1967-09-09','Bangladesh','usmanakhtar8776@example.org','Stony Ford Correctional Facility','Credible fear not found');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (18,'A219880507','Fu','Wei','1951-08-26','China','','Stony Ford Correctional Facility','Credible fear found');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (19,'A204206427','Gonçalves Soares','Roberto Marcelo','1992-09-13','Portugal','','Harlow County Jail','Pending interview');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (20,'A239465149','Costa Torres','João Raimundo','1953-02-15','Portugal','','Willow Bayou Detention Center','Transferred');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (21,'A213242017','Guardado Tiul','Ramón Edwin','1954-01-25','Honduras','','Palo Seco Staging Facility','Review by judge');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (22,'A210272041','Marín Vargas','Yeferson Sebastián','1992-04-03','Dominican Republic','yefersonmarin1851@example.net','Cedar Ridge Processing Center','Review by judge');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (23,'A238443678','Okafor','Kelechi','1955-02-13','Liberia','','Fort Ellery Contract Facility','Pending interview');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (24,'A240270647','Paredes','Argenis','1954-05-11','Peru','','Cedar Ridge Processing Center','Pending interview');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (25,'A200562136','Qaderi','Leila','1952-02-10','Iran','','Fort Ellery Contract Facility','Interview held');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (26,'A207445834','Rojas','Freddy','2002-11-26','Venezuela','','Harlow County Jail','Released on parole');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (27,'A208564997','Flores Alarcón','Carlos Freddy','1963-05-16','Colombia','carlos_flores5871@mail.example.com','Blue Mesa Detention Center','Credible fear not found');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (28,'A236923018','Pereira','João','1978-01-03','Angola','','Fort Ellery Contract Facility','Hearing scheduled');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (29,'A237695873','Pereira','Sandra João','1956-08-20','Angola','sandra.pereira594@post.example.com','Fort Ellery Contract Facility','Pending interview');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (30,'A207007292','Girmay','Bashir','1979-04-30','Somalia','','Gulf Bend Residential Center','Released on parole');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (31,'A243905370','Smirnov','Natalia','1963-08-20','Russia','','Stony Ford Correctional Facility','Hearing scheduled');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (32,'A222751315','Al-Masri','Anas','1960-11-25','Sudan','','Fort Ellery Contract Facility','Pending interview');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (33,'A240915949','Shengelia','Levan','1997-03-22','Georgia','','Lake Arden Holding Center','Hearing scheduled');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (34,'A249013571','Yimer Tadesse','Muna Girma','1970-01-18','Eritrea','muna_yimer5573@example.net','Pine Hollow Service Center','Appeal pending');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (35,'A229204973','Cao','Jing','1952-08-14','China','jingcao5828@example.org','Blue Mesa Detention Center','Interview held');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (36,'A233862921','Vieira Cruz','Amanda Pedro','1974-06-11','Portugal','amandavieira633@post.example.com','Pine Hollow Service Center','Appeal pending');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (37,'A202529546','Khalifa','Omar','1959-04-28','Morocco','omarkhalifa1803@example.net','Pine Hollow Service Center','Transferred');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (38,'A213793345','Petrov','Vladimir','1972-03-02','Kyrgyzstan','','Lake Arden Holding Center','Pending interview');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (39,'A227624137','Ramírez Flores','Eugenio','1972-05-07','El Salvador','eugenio.ramirez8859@example.org','Northfield County Detention','Interview held');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (40,'A208920008','Guzmán Suárez','Miguel María','1981-04-28','Mexico','miguel.guzman3183@mail.example.com','Dry Creek Processing Center','Interview held');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (41,'A221521030','Otim','Rebecca David','1955-10-06','Burundi','','Northfield County Detention','Withdrawn');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (42,'A205881001','Balogun','Ama Oluwaseun','1999-03-15','Nigeria','baloguna5165@inbox.example.org','Stony Ford Correctional Facility','Review by judge');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (43,'A227310682','Smirnov','Pavel','1985-09-30','Moldova','','Stony Ford Correctional Facility','Credible fear not found');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (44,'A206372432','Tesfaye','Bekele','1962-04-17','Ethiopia','','Dry Creek Processing Center','Credible fear not found');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (45,'A247375612','Tesfaye','Daniel','1963-10-13','Ethiopia','','Dry Creek Processing Center','Appeal pending');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (46,'A201642365','Marín','Mariángel','1978-07-19','Ecuador','mariangel_marin3830@inbox.example.org','Willow Bayou Detention Center','Credible fear not found');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (47,'A243198845','Urbina González','Claudia','1950-09-06','Mexico','','Dry Creek Processing Center','Appeal pending');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (48,'A219586368','Dorsainvil','Ludovic','1968-07-11','Haiti','','Pine Hollow Service Center','Withdrawn');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (49,'A223058214','Choc Ramos','Walter','2001-11-06','Guatemala','walter.choc4084@example.net','Blue Mesa Detention Center','Hearing scheduled');
INSERT INTO `people` (`id`, `a_number`, `last_name`, `first_name`, `born`, `citizenship`, `email`, `facility`, `status`) VALUES (50,'A217958283','Torres Moreno','Oriana Brayan','1989-06-04','Peru','','Pine Hollow Service Center','Withdrawn');
/*!40000 ALTER TABLE `people` ENABLE KEYS */;
UNLOCK TABLES;
/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;

/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;
/*!40014 SET UNIQUE_CHECKS=@OLD_UNIQUE_CHECKS */;
/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;
/*!40101 SET CHARACTER_SET_RESULTS=@OLD_CHARACTER_SET_RESULTS */;
/*!40101 SET COLLATION_CONNECTION=@OLD_COLLATION_CONNECTION */;
/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;

-- Dump completed on 2026-11-25 12:45:56
